const WIDTH = 120;

/** JSON as the project's formatter writes it: lists of plain values on one line where they fit. */
export function jsonText(value: unknown): string {
  return `${written(value, '', 0)}\n`;
}

/** `taken`: the characters that stand on the line before and after the value. */
function written(value: unknown, indent: string, taken: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object' || item === null)) {
      const line = `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
      if (indent.length + taken + line.length <= WIDTH) return line;
    }
    return block(
      '[',
      value.map((item) => written(item, inner, 1)),
      ']',
      indent,
    );
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const lines = members.map(([key, member]) => {
    const name = `${JSON.stringify(key)}: `;
    return `${name}${written(member, inner, name.length + 1)}`;
  });
  return block('{', lines, '}', indent);
}

function block(open: string, lines: readonly string[], close: string, indent: string): string {
  if (lines.length === 0) return `${open}${close}`;
  return `${open}\n${lines.map((line) => `${indent}  ${line}`).join(',\n')}\n${indent}${close}`;
}
