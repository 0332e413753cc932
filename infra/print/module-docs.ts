import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Block, readBlocks } from './terraform-blocks.ts';

const MODULES = fileURLToPath(new URL('../modules', import.meta.url));
const START = '<!-- printed by infra/print/module-docs.ts -->';
const END = '<!-- end -->';

/** The README of every module with tables of its inputs, outputs and resources, by path from the root. */
export function moduleReadmes(): (readonly [path: string, text: string])[] {
  return readdirSync(MODULES).map((name) => {
    const file = join(MODULES, name, 'README.md');
    return [
      `infra/modules/${name}/README.md`,
      withTables(readFileSync(file, 'utf8'), tables(join(MODULES, name)), file),
    ];
  });
}

function withTables(text: string, printed: string, file: string): string {
  const [start, end] = [text.indexOf(START), text.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`${file} has no place for tables: ${START} and ${END}.`);
  return `${text.slice(0, start)}${START}\n\n${printed}\n${text.slice(end)}`;
}

function tables(folder: string): string {
  const blocks = readdirSync(folder)
    .filter((name) => name.endsWith('.tf'))
    .sort()
    .flatMap((name) => readBlocks(readFileSync(join(folder, name), 'utf8')));
  const of = (kind: string) => blocks.filter((block) => block.kind === kind);
  const inputs = of('variable').map(input);
  const outputs = of('output').map((block) => [code(block.labels[0]), text(block)]);
  const made = [...of('resource').map((block) => code(block.labels.join('.'))), ...of('module').map(submodule)].sort();
  return [
    table(['Input', 'Meaning', 'Type', 'Default'], inputs),
    table(['Output', 'Meaning'], outputs),
    `Makes ${made.join(', ')}.\n`,
  ].join('\n');
}

function input(block: Block): string[] {
  const standard = block.attributes.get('default');
  const type = block.attributes.get('type') ?? 'any';
  return [code(block.labels[0]), text(block), code(type), standard === undefined ? 'required' : code(standard)];
}

function submodule(block: Block): string {
  const name = (block.attributes.get('source') ?? '').replaceAll('"', '').replace('../', '');
  return `module [${name}](../${name})`;
}

function text(block: Block): string {
  return JSON.parse(block.attributes.get('description') ?? '""');
}

function code(value = ''): string {
  return `\`${value}\``;
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}
