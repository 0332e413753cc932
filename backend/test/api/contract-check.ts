import { readFileSync } from 'node:fs';
import { responseChecker } from '../../../scripts/openapi/response-check.ts';
import type { Answer, Sent } from './host.ts';

const document = JSON.parse(readFileSync(new URL('../../../openapi/api.json', import.meta.url), 'utf8'));
const checker = responseChecker(document);

/** Throws when the answer is not as the published contract says. */
export function checkAnswer(request: Sent, answer: Answer): void {
  // As a URL the path loses its dot segments; the server sees it so too.
  const path = new URL(request.path, 'http://localhost').pathname;
  checker.check(request.method, path, answer.status, answer.headers.get('content-type'), answer.body ?? answer.text);
}
