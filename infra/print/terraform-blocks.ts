/** A block at the top of a file, such as `variable "name" { … }`. */
export interface Block {
  readonly kind: string;
  readonly labels: readonly string[];
  /** Its own attributes by name, each as written, on one line. Blocks inside it are left out. */
  readonly attributes: ReadonlyMap<string, string>;
}

/**
 * The blocks of a Terraform file. It goes by indentation, so the text must be as `terraform fmt` leaves it; that is
 * enough for variables, outputs, and the names of resources.
 */
export function readBlocks(text: string): Block[] {
  return [...text.matchAll(/^(\w+) ((?:"[^"]*" )+)\{\n([\s\S]*?)^\}/gm)].map(
    ([, kind = '', labels = '', body = '']) => ({
      kind,
      labels: [...labels.matchAll(/"([^"]*)"/g)].map(([, label = '']) => label),
      attributes: readAttributes(body),
    }),
  );
}

function readAttributes(body: string): Map<string, string> {
  // An attribute goes on for as long as lines are deeper than it, or close what it opened.
  const found = body.matchAll(/^ {2}(\w+) += (.*(?:\n(?: {3,}| {2}[\])}]).*)*)/gm);
  return new Map([...found].map(([, name = '', value = '']) => [name, oneLine(value)]));
}

function oneLine(value: string): string {
  return value
    .split('\n')
    .map((line) => line.trim().replace(/^(\w+) += /, '$1 = '))
    .reduce((before, line) => `${before}${/[[({]$/.test(before) || /^[\])}]/.test(line) ? ' ' : ', '}${line}`);
}
