import { readFileSync } from 'node:fs';
import { responseChecker } from '../../../scripts/openapi/response-check.ts';
import type { Answer, Sent } from './host.ts';

const document = JSON.parse(readFileSync(new URL('../../../openapi/api.json', import.meta.url), 'utf8'));
const checker = responseChecker(document);

/** Throws when the answer is not as the published contract says. */
export function checkAnswer(request: Sent, answer: Answer): void {
  const path = request.path.split('?')[0] ?? '';
  checker.check(request.method, path, answer.status, answer.headers.get('content-type'), answer.body ?? answer.text);
}
