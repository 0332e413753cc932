import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { normalizePassword, type Passwords } from '@curlew/core/session';
import { hashQueue } from './hash-queue.ts';

interface Cost {
  /** scrypt's cost parameter N is 2 to the power of `logN`. */
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

// OWASP's recommendation for scrypt with 32 MiB.
const COST: Cost = { logN: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;
// The PHC string format: each hash contains its own parameters, so that a later version can use a higher cost.
const FORM = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;

export function scryptPasswords(cost: Cost = COST): Passwords {
  const run = hashQueue();
  // For a user without a password, the check uses this hash and so takes as long. No password matches it.
  const dummyHash = formatHash(cost, randomBytes(SALT_BYTES), randomBytes(KEY_BYTES));

  async function hash(password: string, like?: string): Promise<string> {
    const shared = like === undefined ? undefined : parseHash(like);
    const salt = shared !== undefined && isCost(shared, cost) ? shared.salt : randomBytes(SALT_BYTES);
    return formatHash(cost, salt, await deriveKey(password, salt, cost));
  }

  async function verify(password: string, hashes: readonly string[]): Promise<readonly string[]> {
    const matching: string[] = [];
    // One computation for all hashes with the same salt and cost.
    for (const group of Map.groupBy(hashes.length === 0 ? [dummyHash] : hashes, saltOf).values()) {
      const [first = dummyHash] = group;
      const { salt, ...made } = parseHash(first);
      const given = await deriveKey(password, salt, made);
      matching.push(...group.filter((one) => one !== dummyHash && timingSafeEqual(given, parseHash(one).key)));
    }
    return matching;
  }

  return {
    hash: (password, caller, like) => run(caller, () => hash(password, like)),
    verify: (password, hashes, caller) => run(caller, () => verify(password, hashes)),
    replace: ({ password, present, next }, caller, like) =>
      run(caller, async () => {
        const matching = await verify(password, present === undefined ? [] : [present]);
        return matching.length === 0 ? undefined : hash(next, like);
      }),
  };
}

/** The part of a hash before the key: its cost and its salt. */
function saltOf(hash: string): string {
  return hash.slice(0, hash.lastIndexOf('$'));
}

function isCost(one: Cost, other: Cost): boolean {
  return one.logN === other.logN && one.r === other.r && one.p === other.p;
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
