import { ERROR_CODES, ERRORS, errorMarkdown } from '../../http/error-pages.ts';
import { STATUS } from '../../http/problem.ts';
import { openApiDocument } from './document.ts';
import { introduction } from './introduction.ts';
import { rightsMarkdown } from './rights-table.ts';
import { ROUTES } from './routes.ts';
import { yamlText } from './yaml-text.ts';

/** A folder whose Markdown files are all generated. */
export const ERRORS_FOLDER = 'docs/errors';

/** The text of every generated file. The key is the path from the root of the repository. */
export function contractFiles(version: string): ReadonlyMap<string, string> {
  const document = openApiDocument(version);
  return new Map([
    ['openapi/api.yaml', yamlText(document)],
    ['docs/api.md', introduction()],
    ['docs/rights.md', rightsMarkdown(ROUTES)],
    [`${ERRORS_FOLDER}/README.md`, errorIndex()],
    ...ERROR_CODES.map((code) => [`${ERRORS_FOLDER}/${code}.md`, errorMarkdown(code)] as const),
  ]);
}

function errorIndex(): string {
  const items = ERROR_CODES.map((code) => `- [\`${code}\`](${code}.md), ${STATUS[code]}: ${ERRORS[code].means}`);
  return `# Problems

A failed request is answered with \`application/problem+json\` and one of these codes. The running server shows the same
pages at \`/docs/errors\`. \`npm run generate\` prints them from \`backend/src/http/error-pages.ts\`.

${items.join('\n')}
`;
}
