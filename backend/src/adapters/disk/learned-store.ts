import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { keyedMutex, StaleError } from '@curlew/core/kernel';
import type { LearnedStore } from '@curlew/core/triage';

/** What a file begins with: a revision that was never before, and a line break. */
const REVISION_CHARACTERS = 36;

/** One for the whole process: two stores may save the same file. */
const runExclusive = keyedMutex();

/**
 * A file for each organization, in a folder that is made when the first is saved. A file is replaced as a whole or not
 * at all, also when the power fails. A second process that saves at the same moment may win unseen: a data folder belongs
 * to one server at a time.
 */
export function diskLearnedStore(folder: string): LearnedStore {
  // Any id makes a safe name so, and none the name of another in a file system without capitals.
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

/** Until then a file may have its old name after a power cut. */
async function sync(folder: string): Promise<void> {
  // Windows opens no folders; its file system keeps names by itself.
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
