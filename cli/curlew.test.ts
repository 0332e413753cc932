import type { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { curlewProgram, runCurlew } from './curlew.ts';

const output = { out: '', err: '' };

beforeEach(() => {
  output.out = '';
  output.err = '';
  const write = (to: 'out' | 'err') => (text: unknown) => {
    output[to] += String(text);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(write('out'));
  vi.spyOn(process.stderr, 'write').mockImplementation(write('err'));
  vi.spyOn(console, 'error').mockImplementation(write('err'));
});
afterEach(() => void vi.restoreAllMocks());

/** The full name of every command that has an action. */
function commandsOf(command: Command, words: readonly string[] = []): (readonly string[])[] {
  if (command.commands.length === 0) return [words];
  return command.commands.flatMap((one) => commandsOf(one, [...words, one.name()]));
}

describe('the commands', () => {
  const commands = commandsOf(curlewProgram({}, () => {})).map((words) => words.join(' '));

  it('are complete', () => {
    expect(commands).toEqual([
      'import',
      'demo',
      'triage',
      'keys rotate',
      'keys admin-key',
      'keys rotate-signing-key',
      'dead-letters',
      'passwords reset',
      'replay',
    ]);
  });

  it.each(commands)('%s --help prints the usage and runs nothing', async (command) => {
    expect([await runCurlew([...command.split(' '), '--help'], {}), output.err]).toEqual([0, '']);
    expect(output.out).toContain(`Usage: npm run curlew -- ${command}`);
  });

  it('import --help explains CSV, demo --help does not', async () => {
    await runCurlew(['import', '--help'], {});
    expect(output.out).toContain('CSV (.csv');
    expect(output.out).not.toContain('(default: [])');
    output.out = '';
    await runCurlew(['demo', '--help'], {});
    expect(output.out).not.toMatch(/CSV|--map/);
  });

  it.each([
    ['keys', 'admin-key', 'dev'],
    ['keys', 'rotate-signing-key', 'dev'],
    ['replay', 'dev'],
  ])('%s %s names AWS_REGION if the region is not set', async (...words) => {
    for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    expect(await runCurlew(words, {})).toBe(1);
    vi.unstubAllEnvs();
    expect(output.err).toMatch(/The AWS region is not set. Set AWS_REGION/);
  });

  it.each(commands)('%s refuses an unknown option in one sentence', async (command) => {
    expect([await runCurlew([...command.split(' '), '--unknown'], {}), output.out]).toEqual([2, '']);
    expect(output.err).toMatch(/^error: unknown option '--unknown'\n\(.*\)\n$/);
  });

  it.each(['rotate-everything', 'keys rotate-everything'])('%s is refused in one sentence', async (words) => {
    expect([await runCurlew(words.split(' '), {}), output.out]).toEqual([2, '']);
    expect(output.err).toMatch(/^error: unknown command 'rotate-everything'\n\(.*\)\n$/);
  });

  it.each([[[]], [['keys']], [['passwords']]])('%j without a command prints the list of commands', async (words) => {
    expect([await runCurlew(words, {}), output.out]).toEqual([2, '']);
    expect(output.err).toContain('Commands:');
  });

  it('keys rotate-signing-key refuses both options together', async () => {
    expect(await runCurlew(['keys', 'rotate-signing-key', 'dev', '--only-first', '--leaked'], {})).toBe(2);
    expect(output.err).toContain('exclude each other');
  });

  it('replay --table requires --from and --to', async () => {
    expect(await runCurlew(['replay', 'dev', '--table', 'tickets', '--from', '2026-01-31T10:00:00Z'], {})).toBe(2);
    expect(output.err).toContain('--table needs --from and --to');
  });
});
