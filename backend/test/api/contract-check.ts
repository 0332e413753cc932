import { readFileSync } from 'node:fs';
import { openApiDocument } from '../../src/contract/openapi/document.ts';
import { ROUTES } from '../../src/contract/openapi/routes.ts';
import type { Answer, Sent } from './host.ts';
import { responseChecker } from './response-check.ts';

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
// Generates the contract again: this is faster than parsing the committed YAML file, which has the same content.
const document = JSON.parse(JSON.stringify(openApiDocument(version, ROUTES)));
const checker = responseChecker(document);

/** Throws if the response does not match the published contract. */
export function checkAnswer(request: Sent, answer: Answer): void {
  checker.check(
    request.method,
    pathSeen(request.path, answer),
    answer.status,
    answer.headers.get('content-type'),
    answer.body ?? answer.text,
  );
}

/** The path as the server sees it: URL parsing removes dot segments, and an HTTP API of AWS also decodes slashes. */
function pathSeen(path: string, { body }: Answer): string {
  const { pathname, search } = new URL(path, 'http://localhost');
  if (body?.code !== 'route_not_found') return pathname + search;
  return new URL(pathname.replace(/%2f/gi, '/'), 'http://localhost').pathname;
}
