import { expect, it } from 'vitest';
import { errorMessage, failureOf } from './failure.ts';

const system = (code: string) => Object.assign(new Error(`getaddrinfo ${code}`), { code });
const service = (name: string, httpStatusCode: number) =>
  Object.assign(new Error('As told.'), { name, $fault: 'client', $metadata: { httpStatusCode } });

it.each([
  ['a region without Comprehend', system('ENOTFOUND'), 'comprehend_unavailable', 'hopeless'],
  ['a name that cannot be looked up now', system('EAI_AGAIN'), 'comprehend_unavailable', 'doubtful'],
  ['a broken line', system('ECONNRESET'), 'comprehend_unavailable', 'doubtful'],
  ['expired credentials', service('ExpiredTokenException', 400), 'comprehend_refused', 'hopeless'],
  [
    'an account that did not subscribe',
    service('SubscriptionRequiredException', 400),
    'comprehend_refused',
    'hopeless',
  ],
  ['a text that is too long', service('TextSizeLimitExceededException', 400), 'comprehend_refused', 'unknown'],
  ['too many requests', service('TooManyRequestsException', 429), 'comprehend_throttled', 'unknown'],
  ['a failure of its own', service('InternalServerException', 500), 'comprehend_unavailable', 'doubtful'],
  ['something that is no error', 'oops', 'comprehend_unavailable', 'doubtful'],
])('%s', (_, error, note, outlook) => {
  expect(failureOf(error)).toEqual({ note, outlook });
});

it.each([
  ['AWS', service('AccessDeniedException', 400), 'AccessDeniedException As told.'],
  ['the system', system('ECONNRESET'), 'Error ECONNRESET'],
  ['a parser', new SyntaxError('"my password is" is no JSON'), 'SyntaxError'],
])('what %s says is logged as far as it holds no text', (_, error, said) => {
  expect(errorMessage(error)).toBe(said);
});
