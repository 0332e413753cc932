import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureAnalysis } from './analysis.ts';
import { analysisTable } from './analysis-table.ts';
import { documentOf } from './document.ts';
import { keepSection } from './marked-section.ts';
import { measure } from './measure.ts';
import { type Options, readOptions } from './options.ts';
import { tablesOf } from './tables.ts';

const DOCUMENT = new URL('../docs/performance.md', import.meta.url);

try {
  await run(readOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function run(options: Options): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'curlew-bench-'));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

  const begin = new Date();
  const log = (line: string) => console.error(line);
  const result = await measure(folder, options, log);
  log('Analysing texts …');
  const reading = await measureAnalysis(options);
  const tables = `${tablesOf(result)}\n\n${analysisTable(reading)}`;
  console.log(`\n${tables}`);
  if (options.jsonFile !== undefined)
    writeFileSync(options.jsonFile, `${JSON.stringify({ ...result, reading }, null, 2)}\n`);
  if (options.writesDocument)
    writeFileSync(DOCUMENT, keepSection(documentOf(tables, options, begin), readFileSync(DOCUMENT, 'utf8')));
}
