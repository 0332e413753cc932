import { expect, it } from 'vitest';
import { inexactIntegers } from './inexact-integers.ts';

const LONG = '9007199254740993';
const pointers = (json: string) => inexactIntegers(json).map(({ pointer }) => pointer);

it.each([
  [LONG, ['']],
  [`-${LONG}`, ['']],
  [`[1, [2, ${LONG}], ${LONG}]`, ['/1/1', '/2']],
  [`{"a": {"b/c": [{}, {"d~": ${LONG}}]}, "e": ${LONG}}`, ['/a/b~1c/1/d~0', '/e']],
  [`{"quoted \\"key\\"": ${LONG}, "\\u0061": ${LONG}, "\\\\": ${LONG}}`, ['/quoted "key"', '/a', '/\\']],
  [`{"text": "${LONG}", "${LONG}": 1, "b": "\\\\", "c": ${LONG}}`, ['/c']],
  [`[[], {}, "a,b", true, null, ${LONG}]`, ['/5']],
])('finds the integers of %s that a number cannot keep', (json, expected) => {
  JSON.parse(json);
  expect(pointers(json)).toEqual(expected);
});

it.each(['9007199254740991', '-9007199254740991', '0.12345678901234567890', '12345678901234567.5', '1e300', '0'])(
  'accepts %s',
  (number) => expect(pointers(`{"n": ${number}}`)).toEqual([]),
);

it('stops after one more than the problems that an answer lists', () => {
  expect(pointers(`[${Array(5000).fill(LONG).join(',')}]`)).toHaveLength(101);
});
