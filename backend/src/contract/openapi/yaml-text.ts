import { Document, Scalar, visit } from 'yaml';

/** YAML that YAML 1.1 and 1.2 parsers read the same way (dates and `no` stay strings). Long texts become block scalars. */
export function yamlText(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== 'string') return;
      if (node.value.includes('\n')) node.type = Scalar.BLOCK_LITERAL;
      else if (node.value.length > 100) node.type = Scalar.BLOCK_FOLDED;
    },
  });
  return document.toString({ lineWidth: 120 });
}
