import { Command } from 'commander';
import { expect, test } from 'vitest';
import type { Environment } from '../connection/connection.ts';
import { addTriage, type TriageSettings } from './command.ts';

/** The settings that `triage` runs with. */
async function settingsOf(args: readonly string[], env: Environment): Promise<TriageSettings> {
  let found: TriageSettings | undefined;
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
  addTriage(program, env, async (settings) => {
    found = settings;
  });
  await program.parseAsync(['triage', ...args], { from: 'user' });
  if (found === undefined) throw new Error('The command did not run.');
  return found;
}

test('has a default for every option except the choice of tickets', async () => {
  expect(await settingsOf(['--missing'], {})).toEqual({
    url: 'http://127.0.0.1:3000',
    token: undefined,
    apiKey: undefined,
    which: 'missing',
    since: undefined,
    after: undefined,
    concurrency: 4,
  });
});

test('prefers arguments over the environment', async () => {
  const env = { CURLEW_URL: 'http://a', CURLEW_TOKEN: 't', CURLEW_API_KEY: 'k' };
  const args = ['--all', '--since', '2026-11-21T08:00:00+01:00', '--after', 'abc', '--concurrency', '9'];
  expect(await settingsOf([...args, '--url', 'https://b/desk'], env)).toEqual({
    url: 'https://b/desk',
    token: 't',
    apiKey: 'k',
    which: 'all',
    since: '2026-11-21T08:00:00+01:00',
    after: 'abc',
    concurrency: 9,
  });
  expect((await settingsOf(['--all'], env)).url).toBe('http://a');
});

test.each([[[]], [['--help']], [['--all', '--help']]])('prints help for %j and runs nothing', async (args) => {
  await expect(settingsOf(args, {})).rejects.toMatchObject({ exitCode: 0 });
});

test.each([
  [['--concurrency', '4'], /either --all or --missing/],
  [['--all', '--missing'], /either --all or --missing/],
  [['--all', '--since', 'yesterday'], /not an instant/],
  [['--all', '--since', '2026-11-21'], /not an instant/],
  [['--all', '--url', 'localhost:3000'], /is not an address/],
  [['--all', '--concurrency', '0'], /1 to 32/],
  [['--all', '--quick'], /--quick/],
  [['--all', 'tkt_1'], /too many arguments/],
])('refuses %j', async (args, message) => {
  await expect(settingsOf(args, {})).rejects.toThrow(message);
});
