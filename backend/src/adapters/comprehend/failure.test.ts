import { expect, it } from 'vitest';
import { errorMessage, failureOf } from './failure.ts';

const system = (code: string) => Object.assign(new Error(`getaddrinfo ${code}`), { code });
const service = (name: string, httpStatusCode: number) =>
  Object.assign(new Error('Simulated failure.'), { name, $fault: 'client', $metadata: { httpStatusCode } });

it.each([
  ['a region without Comprehend', system('ENOTFOUND'), 'comprehend_unavailable', 'hopeless'],
  ['a failed DNS lookup', system('EAI_AGAIN'), 'comprehend_unavailable', 'doubtful'],
  ['a broken connection', system('ECONNRESET'), 'comprehend_unavailable', 'doubtful'],
  ['expired credentials', service('ExpiredTokenException', 400), 'comprehend_refused', 'hopeless'],
  [
    'an account without a subscription',
    service('SubscriptionRequiredException', 400),
    'comprehend_refused',
    'hopeless',
  ],
  ['a text that is too long', service('TextSizeLimitExceededException', 400), 'comprehend_refused', 'unknown'],
  ['too many requests', service('TooManyRequestsException', 429), 'comprehend_throttled', 'unknown'],
  ['an internal error of Comprehend', service('InternalServerException', 500), 'comprehend_unavailable', 'doubtful'],
  ['a thrown string', 'oops', 'comprehend_unavailable', 'doubtful'],
])('%s', (_, error, note, outlook) => {
  expect(failureOf(error)).toEqual({ note, outlook });
});

it.each([
  ['AWS', service('AccessDeniedException', 400), 'AccessDeniedException Simulated failure.'],
  ['the system', system('ECONNRESET'), 'Error ECONNRESET'],
  ['a parser', new SyntaxError('"my password is" is no JSON'), 'SyntaxError'],
])('the log gets the error of %s without any text of a customer', (_, error, said) => {
  expect(errorMessage(error)).toBe(said);
});
