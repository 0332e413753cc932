/** A top-level block of a Terraform file, such as `variable "name" { … }`. */
export interface Block {
  readonly kind: string;
  readonly labels: readonly string[];
  /** The block's own attributes by name, each as written but on one line. Nested blocks are left out. */
  readonly attributes: ReadonlyMap<string, string>;
}

/**
 * Reads the top-level blocks of a Terraform file by their indentation, so the text must have the format of
 * `terraform fmt`. This is enough for variables, outputs, and the names of resources.
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
  // An attribute continues while the next lines have a deeper indentation or close its brackets.
  const found = body.matchAll(/^ {2}(\w+) += (.*(?:\n(?: {3,}| {2}[\])}]).*)*)/gm);
  return new Map([...found].map(([, name = '', value = '']) => [name, oneLine(value)]));
}

function oneLine(value: string): string {
  return value
    .split('\n')
    .map((line) => line.trim().replace(/^(\w+) += /, '$1 = '))
    .reduce((before, line) => `${before}${/[[({]$/.test(before) || /^[\])}]/.test(line) ? ' ' : ', '}${line}`);
}
