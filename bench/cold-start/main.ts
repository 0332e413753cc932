import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startOneItemStore } from '../../backend/build/one-item-store.ts';
import { bytesByOrigin, eagerFiles } from '../../backend/build/sizes.ts';
import { withSection } from '../marked-section.ts';
import { measureImports } from './measure-imports.ts';
import { overTarget, rowsOf, sectionFor } from './section.ts';
import { buildSubjects, type Subject } from './subjects.ts';

const DOCUMENT = new URL('../../docs/performance.md', import.meta.url);
const USAGE = `npx node bench/cold-start/main.ts [--quick] [--sizes FUNCTION]
  --quick  3 rounds instead of 25, and docs/performance.md stays as it is
  --sizes  only says where the code of a function comes from`;

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const { quick, sizes } = readOptions();
  const folder = mkdtempSync(join(tmpdir(), 'curlew-cold-start-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const store = await startOneItemStore();
  try {
    const subjects = await buildSubjects(folder, store.url);
    if (sizes !== undefined) return printSizes(subjects, sizes);
    const rounds = quick ? 3 : 25;
    const rows = rowsOf(subjects, await measureImports(subjects, rounds));
    const section = sectionFor(rows, rounds, new Date());
    console.log(section);
    for (const line of overTarget(rows)) console.log(`Over target: ${line}`);
    if (!quick) writeFileSync(DOCUMENT, withSection(readFileSync(DOCUMENT, 'utf8'), section));
  } finally {
    store.stop();
  }
}

function readOptions(): { quick: boolean; sizes: string | undefined } {
  try {
    const { values } = parseArgs({
      options: { quick: { type: 'boolean', default: false }, sizes: { type: 'string' } },
    });
    return { quick: values.quick, sizes: values.sizes };
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${USAGE}`);
  }
}

function printSizes(subjects: readonly Subject[], name: string): void {
  const subject = subjects.find((one) => one.name === name);
  if (subject === undefined)
    throw new Error(`Unknown function ${name}; choose one of ${subjects.map((one) => one.name).join(', ')}.`);
  for (const [origin, bytes] of bytesByOrigin(subject.outputs, eagerFiles(subject.outputs))) {
    console.log(`${(bytes / 1024).toFixed(1).padStart(7)} KiB  ${origin}`);
  }
}
