import { readFileSync } from 'node:fs';
import { openApiDocument } from '../../src/contract/openapi/document.ts';
import type { Answer, Sent } from './host.ts';
import { responseChecker } from './response-check.ts';

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
// The committed contract is this document; reading its YAML would take each test file longer.
const document = JSON.parse(JSON.stringify(openApiDocument(version)));
const checker = responseChecker(document);

/** Throws when the answer is not as the published contract says. */
export function checkAnswer(request: Sent, answer: Answer): void {
  checker.check(
    request.method,
    pathSeen(request.path, answer),
    answer.status,
    answer.headers.get('content-type'),
    answer.body ?? answer.text,
  );
}

/** As a URL the path loses its dot segments; the server sees it so too. An HTTP API of AWS also decodes slashes. */
function pathSeen(path: string, { body }: Answer): string {
  const { pathname } = new URL(path, 'http://localhost');
  if (body?.code !== 'route_not_found') return pathname;
  return new URL(pathname.replace(/%2f/gi, '/'), 'http://localhost').pathname;
}
