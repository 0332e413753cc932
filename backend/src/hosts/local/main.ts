import { join, resolve } from 'node:path';
import { DatabaseError, lockFolder, openDatabase } from '../../adapters/sqlite/index.ts';
import type { Platform } from '../../http/app.ts';
import { AdminError } from './admin.ts';
import { ConfigError, type LocalConfig, readConfig } from './config.ts';
import { firstPassword, greeting } from './greeting.ts';
import { makeFolder } from './make-folder.ts';
import { SecretsError, signingKeysIn } from './secrets-file.ts';
import { type Listening, listen } from './server.ts';
import type { SignInSetup } from './sign-in.ts';
import { wire } from './wire.ts';

const GRACE_MILLISECONDS = 10_000;
// The error codes that `explain` describes.
const EXPECTED: ReadonlySet<unknown> = new Set(['EADDRINUSE', 'EACCES', 'EPERM', 'EROFS', 'EEXIST', 'ENOTDIR']);

try {
  await start();
} catch (error) {
  console.error(`Curlew did not start: ${explain(error)}`);
  if (!isExpected(error)) console.error(error);
  process.exit(1);
}

async function start(): Promise<void> {
  const config = readConfig();
  const folder = resolve(config.dataDir);
  makeFolder(folder);
  const lock = lockFolder(folder);
  const database = openDatabase(join(folder, 'curlew.db'), () =>
    console.log('The last stop was not a clean one; checking the database …'),
  );
  const log: Platform['log'] = (entry) => {
    if (entry.level === 'error' || config.logRequests) {
      console.log(JSON.stringify({ time: new Date().toISOString(), ...entry }));
    }
  };
  const curlew = await wire(database, {
    auth: await authOf(config, folder, log),
    limits: config.limits,
    proxies: config.proxies,
    triage: { automatic: config.automaticTriage, folder: join(folder, 'learned') },
    log,
  });
  // Print a new password before any other step can fail: only its hash is stored, so it would be lost.
  const password = curlew.admin && firstPassword(curlew.admin);
  if (password !== undefined) console.log(password);
  if (curlew.clockNotice !== undefined) console.log(curlew.clockNotice);

  let server: Listening | undefined;
  let stopping = false;
  async function stop(signal: string): Promise<void> {
    if (stopping) return;
    stopping = true;
    console.log(`${signal}: finishing the requests under way …`);
    await server?.close(GRACE_MILLISECONDS);
    await curlew.stop();
    lock.release();
    console.log('Stopped.');
    process.exit(0);
  }
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  process.on('SIGHUP', () => void stop('SIGHUP'));

  try {
    server = await listen(curlew.app, config.host, config.port);
    console.log(greeting(server.url, folder, config.auth === 'open' ? 'open' : curlew.admin));
  } catch (error) {
    await curlew.stop();
    throw error;
  }
}

async function authOf(
  { auth, url, admin, issuer }: LocalConfig,
  folder: string,
  log: Platform['log'],
): Promise<'open' | SignInSetup> {
  if (auth === 'open') return 'open';
  const keys = await signingKeysIn(join(folder, 'secrets.json'), new Date().toISOString(), (error) =>
    log({ level: 'error', message: 'new signing keys cannot be read', requestId: '', error: String(error) }),
  );
  return { url, admin, issuer, keys };
}

function isExpected(error: unknown): boolean {
  const kinds = [ConfigError, DatabaseError, SecretsError, AdminError];
  return kinds.some((kind) => error instanceof kind) || EXPECTED.has(codeOf(error));
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function explain(error: unknown): string {
  const { address, port, path } = error as { address?: string; port?: number; path?: string };
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return `port ${port} on ${address} is in use; stop the program that uses it, or set PORT.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return path === undefined
        ? `the system does not allow port ${port} on ${address}; set PORT to 1024 or more.`
        : `there is no write permission for ${path}; choose another CURLEW_DATA_DIR.`;
    case 'EEXIST':
    case 'ENOTDIR':
      return `${path} is not a folder; choose another CURLEW_DATA_DIR.`;
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
