import { expect, test } from 'vitest';
import { parseArguments, UsageProblem } from './arguments.ts';

test('has defaults for everything but the file', () => {
  expect(parseArguments(['a.csv'], {})).toEqual({
    file: 'a.csv',
    url: 'http://127.0.0.1:3000',
    token: undefined,
    apiKey: undefined,
    json: false,
    dryRun: false,
    concurrency: 8,
    maps: new Map(),
  });
});

test('takes the address from --url, then from CURLEW_URL', () => {
  expect(parseArguments(['a.csv'], { CURLEW_URL: 'http://a' })?.url).toBe('http://a');
  expect(parseArguments(['a.csv'], { CURLEW_URL: '' })?.url).toBe('http://127.0.0.1:3000');
  expect(parseArguments(['a.csv', '--url', 'https://b/desk'], { CURLEW_URL: 'http://a' })?.url).toBe('https://b/desk');
});

test('takes a token and a key from the environment', () => {
  const env = { CURLEW_TOKEN: 't', CURLEW_API_KEY: 'k' };
  expect(parseArguments(['a.csv'], env)).toMatchObject({ token: 't', apiKey: 'k' });
  const empty = { CURLEW_TOKEN: '', CURLEW_API_KEY: '' };
  expect(parseArguments(['a.csv'], empty)).toMatchObject({ token: undefined, apiKey: undefined });
});

test('takes --map again and again', () => {
  const args = parseArguments(['--map', 'Summary=title', 'a.csv', '--map=Plan=', '--dry-run', '--json'], {});
  expect(args).toMatchObject({ dryRun: true, json: true });
  expect([...(args?.maps ?? [])]).toEqual([
    ['summary', 'title'],
    ['plan', undefined],
  ]);
});

test('answers nothing when help is asked for', () => {
  expect(parseArguments(['--help', '--concurrency', 'many'], {})).toBeUndefined();
});

test.each([
  [[], /Which file/],
  [['a.csv', 'b.csv'], /One file at a time/],
  [['a.csv', '--quick'], /--quick/],
  [['a.csv', '--url'], /--url/],
  [['a.csv', '--url', 'localhost:3000'], /is not an address/],
  [['a.csv', '--concurrency', '0'], /1 to 32/],
  [['a.csv', '--concurrency', '33'], /1 to 32/],
  [['a.csv', '--concurrency', '2.5'], /1 to 32/],
  [['a.csv', '--map', 'Summary'], /Column=field/],
  [['a.csv', '--json=yes'], /--json/],
])('refuses %j', (args, message) => {
  expect(() => parseArguments(args, {})).toThrow(UsageProblem);
  expect(() => parseArguments(args, {})).toThrow(message);
});
