import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { keyedMutex, StaleError } from '@curlew/core/kernel';
import type { LearnedStore } from '@curlew/core/triage';

/** Each file begins with its revision, a new UUID for each save, and a line break. */
const REVISION_CHARACTERS = 36;

/** One mutex for the whole process, because two stores may save the same file. */
const runExclusive = keyedMutex();

/**
 * Stores one file for each organization. The first save creates the folder. A save replaces the whole file or nothing,
 * even if the power fails. Only one server may use the folder at a time: a save by a second process at the same moment
 * can overwrite this one unnoticed.
 */
export function diskLearnedStore(folder: string): LearnedStore {
  // A hash is a safe file name for every id, and ids that differ in case stay apart in case-insensitive file systems.
  const fileOf = (organizationId: string) =>
    join(folder, `${createHash('sha256').update(organizationId).digest('hex')}.learned`);

  return {
    async load(organizationId) {
      const whole = await readFile(fileOf(organizationId)).catch(unlessMissing);
      if (whole === undefined) return undefined;
      return { bytes: whole.subarray(REVISION_CHARACTERS + 1), revision: textOf(whole) };
    },
    revision: (organizationId) => revisionIn(fileOf(organizationId)),
    save(organizationId, bytes, revision) {
      const file = fileOf(organizationId);
      return runExclusive(file, async () => {
        if ((await revisionIn(file)) !== revision) throw new StaleError();
        const next = randomUUID();
        await mkdir(folder, { recursive: true });
        await replace(file, Buffer.concat([Buffer.from(`${next}\n`), bytes]));
        await sync(folder);
        return next;
      });
    },
  };
}

async function revisionIn(file: string): Promise<string | undefined> {
  const handle = await open(file).catch(unlessMissing);
  if (handle === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(REVISION_CHARACTERS), 0, REVISION_CHARACTERS, 0);
    return textOf(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

async function replace(file: string, content: Uint8Array): Promise<void> {
  const draft = `${file}.new`;
  try {
    const handle = await open(draft, 'w', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Flushes the folder: without this, a renamed file can have its old name after a power cut. */
async function sync(folder: string): Promise<void> {
  // Windows cannot open folders, and its file system keeps renames durable by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, REVISION_CHARACTERS)).toString('latin1');
}

function unlessMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
