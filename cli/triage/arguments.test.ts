import { expect, test } from 'vitest';
import { UsageProblem } from '../import/arguments.ts';
import { parseArguments } from './arguments.ts';

test('has defaults for everything but which tickets', () => {
  expect(parseArguments(['--missing'], {})).toEqual({
    url: 'http://127.0.0.1:3000',
    token: undefined,
    apiKey: undefined,
    which: 'missing',
    since: undefined,
    after: undefined,
    concurrency: 4,
  });
});

test('takes what it is given, from arguments before the environment', () => {
  const env = { CURLEW_URL: 'http://a', CURLEW_TOKEN: 't', CURLEW_API_KEY: 'k' };
  const args = ['--all', '--since', '2026-11-21T08:00:00+01:00', '--after', 'abc', '--concurrency', '9'];
  expect(parseArguments([...args, '--url', 'https://b/desk'], env)).toEqual({
    url: 'https://b/desk',
    token: 't',
    apiKey: 'k',
    which: 'all',
    since: '2026-11-21T08:00:00+01:00',
    after: 'abc',
    concurrency: 9,
  });
  expect(parseArguments(['--all'], env)?.url).toBe('http://a');
});

test.each([[[]], [['--help']], [['--all', '--help']]])('answers nothing to %j: that is a call for help', (args) => {
  expect(parseArguments(args, {})).toBeUndefined();
});

test.each([
  [['--concurrency', '4'], /either --all or --missing/],
  [['--all', '--missing'], /either --all or --missing/],
  [['--all', '--since', 'yesterday'], /not an instant/],
  [['--all', '--since', '2026-11-21'], /not an instant/],
  [['--all', '--url', 'localhost:3000'], /is not an address/],
  [['--all', '--concurrency', '0'], /1 to 32/],
  [['--all', '--quick'], /--quick/],
  [['--all', 'tkt_1'], /tkt_1/],
])('refuses %j', (args, message) => {
  expect(() => parseArguments(args, {})).toThrow(UsageProblem);
  expect(() => parseArguments(args, {})).toThrow(message);
});
