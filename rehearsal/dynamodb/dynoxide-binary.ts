import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const CRATE = { name: 'dynoxide-rs', version: '3.2.0', features: 'native-sqlite,http-server,cli' };
// The crate has its own version: 3.2.0 is the library of Dynoxide 1.5.0, and the binary reports the latter.
const PINNED = 'dynoxide 1.5.0';

const CACHE_FOLDER = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
const FOLDER = join(CACHE_FOLDER, 'curlew', `dynoxide-${CRATE.version}`);
const BUILT_BINARY = join(FOLDER, 'bin', 'dynoxide');
const BUILD_WAIT_MILLISECONDS = 30 * 60_000;

export const HOW_TO_GET_DYNOXIDE = `Put ${PINNED} on the PATH (https://github.com/nubo-db/dynoxide), or cargo 1.88 or newer, which builds it once (https://rustup.rs).`;

/** Whether the engine is installed or can be built. */
export function canHaveDynoxide(): boolean {
  return findDynoxide() !== undefined || hasCargo();
}

/**
 * The pinned engine: from the PATH, or built with cargo, once for all checkouts of this user. Progress goes to stderr.
 * Throws if cargo is missing or the build fails.
 */
export async function requireDynoxide(): Promise<string> {
  const found = findDynoxide();
  if (found !== undefined) return found;
  const onPath = versionOf('dynoxide');
  if (onPath !== undefined) console.error(`The PATH has ${onPath}; ${PINNED} is needed.`);
  if (!hasCargo()) throw new Error(`there is neither ${PINNED} nor cargo to build it`);
  const unlock = lockFolder();
  try {
    // Another process may have built it while this one waited for the lock.
    if (versionOf(BUILT_BINARY) !== PINNED) await build();
  } finally {
    unlock();
  }
  return BUILT_BINARY;
}

function findDynoxide(): string | undefined {
  return ['dynoxide', BUILT_BINARY].find((binary) => versionOf(binary) === PINNED);
}

function versionOf(binary: string): string | undefined {
  return spawnSync(binary, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).stdout?.trim();
}

function hasCargo(): boolean {
  return spawnSync('cargo', ['--version'], { stdio: 'ignore' }).status === 0;
}

/** SQLite's file lock: the operating system releases it at the end of this process, even after SIGKILL. */
function lockFolder(): () => void {
  mkdirSync(FOLDER, { recursive: true });
  const lock = new DatabaseSync(join(FOLDER, 'lock.db'), { timeout: BUILD_WAIT_MILLISECONDS });
  lock.exec('BEGIN EXCLUSIVE');
  return () => lock.close();
}

/**
 * Cargo puts a finished binary in place by a rename, so an interrupted build leaves none; the next one continues it.
 */
async function build(): Promise<void> {
  console.error(`Building ${PINNED}, a DynamoDB for tests, into ${FOLDER}. This happens once and takes some minutes.`);
  const target = join(FOLDER, 'build');
  const pinned = [CRATE.name, '--version', CRATE.version, '--locked'];
  const features = ['--no-default-features', '--features', CRATE.features];
  const args = ['install', ...pinned, ...features, '--force', '--root', FOLDER, '--target-dir', target];
  const cargo = spawn('cargo', args, { stdio: ['ignore', process.stderr, process.stderr] });
  const status = await new Promise((resolve, reject) => cargo.on('error', reject).on('exit', resolve));
  if (status !== 0 || versionOf(BUILT_BINARY) !== PINNED) throw new Error(`cargo could not build ${PINNED}`);
  rmSync(target, { recursive: true, force: true });
}
