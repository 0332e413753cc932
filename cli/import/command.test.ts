import { Command } from 'commander';
import { expect, test } from 'vitest';
import type { Environment } from '../connection/connection.ts';
import { addImport, type ImportSettings } from './command.ts';

/** The settings that `import` runs with. */
async function settingsOf(args: readonly string[], env: Environment, name = 'import'): Promise<ImportSettings> {
  let found: ImportSettings | undefined;
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
  addImport(program, env, async (settings) => {
    found = settings;
  });
  await program.parseAsync([name, ...args], { from: 'user' });
  if (found === undefined) throw new Error('The command did not run.');
  return found;
}

test('has defaults for everything but the file', async () => {
  expect(await settingsOf(['a.csv'], {})).toEqual({
    file: 'a.csv',
    url: 'http://127.0.0.1:3000',
    token: undefined,
    apiKey: undefined,
    json: false,
    dryRun: false,
    concurrency: 8,
    maps: new Map(),
    from: undefined,
    rest: undefined,
    values: new Map(),
  });
});

test('demo imports the file of the demo data', async () => {
  expect(await settingsOf(['--dry-run'], {}, 'demo')).toMatchObject({ file: 'examples/demo.ndjson', dryRun: true });
});

test('uses the address of --url, then of CURLEW_URL', async () => {
  expect((await settingsOf(['a.csv'], { CURLEW_URL: 'http://a' })).url).toBe('http://a');
  expect((await settingsOf(['a.csv'], { CURLEW_URL: '' })).url).toBe('http://127.0.0.1:3000');
  const both = await settingsOf(['a.csv', '--url', 'https://b/desk'], { CURLEW_URL: 'http://a' });
  expect(both.url).toBe('https://b/desk');
});

test('reads a token and a key from the environment', async () => {
  const env = { CURLEW_TOKEN: 't', CURLEW_API_KEY: 'k' };
  expect(await settingsOf(['a.csv'], env)).toMatchObject({ token: 't', apiKey: 'k' });
  const empty = { CURLEW_TOKEN: '', CURLEW_API_KEY: '' };
  expect(await settingsOf(['a.csv'], empty)).toMatchObject({ token: undefined, apiKey: undefined });
});

test('accepts --map several times', async () => {
  const args = ['--map', 'Summary=title', 'a.csv', '--map=Plan=', '--dry-run', '--json'];
  const { dryRun, json, maps } = await settingsOf(args, {});
  expect([dryRun, json]).toEqual([true, true]);
  expect([...maps]).toEqual([
    ['summary', 'title'],
    ['plan', undefined],
  ]);
});

test('--help runs nothing, even with other options', async () => {
  await expect(settingsOf(['--help', '--concurrency', 'many'], {})).rejects.toMatchObject({ exitCode: 0 });
});

test.each([
  [[], /missing required argument 'file'/],
  [['a.csv', 'b.csv'], /too many arguments/],
  [['a.csv', '--quick'], /--quick/],
  [['a.csv', '--url'], /--url/],
  [['a.csv', '--url', 'localhost:3000'], /is not an address/],
  [['a.csv', '--concurrency', '0'], /1 to 32/],
  [['a.csv', '--concurrency', '33'], /1 to 32/],
  [['a.csv', '--concurrency', '2.5'], /1 to 32/],
  [['a.csv', '--map', 'Summary'], /Column=field/],
  [['a.csv', '--json=yes'], /--json/],
  [['a.csv', '--from', 'remedy'], /zendesk/],
  [['a.csv', '--rest', 'tags'], /customFields/],
  [['a.csv', '--value', 'Pending=OPEN'], /status:Pending=IN_PROGRESS/],
])('refuses %j', async (args, message) => {
  await expect(settingsOf(args, {})).rejects.toThrow(message);
});
