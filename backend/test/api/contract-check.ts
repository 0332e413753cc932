import { readFileSync } from 'node:fs';
import type { Answer, Sent } from './host.ts';
import { responseChecker } from './response-check.ts';

const document = JSON.parse(readFileSync(new URL('../../../openapi/api.json', import.meta.url), 'utf8'));
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
