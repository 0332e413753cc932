import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { CurlewError } from '@curlew/core/kernel';
import { normalizePassword, type Passwords } from '@curlew/core/session';

interface Cost {
  /** scrypt's cost parameter N is 2 to the power of `logN`. */
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

// OWASP's recommendation for scrypt with 32 MiB. Two hashes at a time fit into the memory of every host.
const COST: Cost = { logN: 15, r: 8, p: 3 };
const AT_ONCE = 2;
const MOST_WAITING = 50;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
// The PHC string format: each hash contains its own parameters, so that a later version can use a higher cost.
const FORM = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;

export function scryptPasswords(cost: Cost = COST): Passwords {
  const runLimited = limitedConcurrency(AT_ONCE, MOST_WAITING);
  // For a user without a password, the check uses this hash and so takes as long. No password matches it.
  const dummyHash = formatHash(cost, randomBytes(SALT_BYTES), randomBytes(KEY_BYTES));
  return {
    async hash(password, asker) {
      const salt = randomBytes(SALT_BYTES);
      return formatHash(cost, salt, await runLimited(() => deriveKey(password, salt, cost), asker));
    },
    async verify(password, hash, asker) {
      const { salt, key, ...made } = parseHash(hash ?? dummyHash);
      const given = await runLimited(() => deriveKey(password, salt, made), asker);
      return timingSafeEqual(given, key) && hash !== undefined;
    },
  };
}

function deriveKey(password: string, salt: Uint8Array, { logN, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** logN;
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) =>
    scrypt(normalizePassword(password), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
}

function formatHash({ logN, r, p }: Cost, salt: Uint8Array, key: Uint8Array): string {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replaceAll('=', '');
  return `$scrypt$ln=${logN},r=${r},p=${p}$${base64(salt)}$${base64(key)}`;
}

function parseHash(hash: string): Cost & { salt: Buffer; key: Buffer } {
  const [, logN, r, p, salt = '', key = ''] = FORM.exec(hash) ?? [];
  if (logN === undefined) throw new Error('A stored password hash has an unknown format.');
  return {
    logN: Number(logN),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  };
}

/**
 * Runs at most `most` hashes at once, because each takes 32 MiB and a core; the others wait. Throws `busy` if
 * `mostWaiting` hashes wait already. Throws `busy` for a second hash of the same asker too, so that one caller cannot
 * fill the queue.
 */
function limitedConcurrency(most: number, mostWaiting: number) {
  const waiting: (() => void)[] = [];
  const askers = new Set<string>();
  let running = 0;

  async function run<T>(work: () => Promise<T>): Promise<T> {
    if (running < most) running++;
    else {
      if (waiting.length >= mostWaiting) {
        throw new CurlewError('busy', 'Too many sign-in attempts are running at the moment; try again.');
      }
      // A hash that ends passes its slot to the next one, so `running` stays the same.
      await new Promise<void>((next) => waiting.push(next));
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  }

  return async <T>(work: () => Promise<T>, asker?: string): Promise<T> => {
    if (asker === undefined) return run(work);
    if (askers.has(asker))
      throw new CurlewError('busy', 'Another sign-in attempt of yours is still running; wait until it ends.');
    askers.add(asker);
    try {
      return await run(work);
    } finally {
      askers.delete(asker);
    }
  };
}
