import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { post } from '../api/host.ts';
import { sendTo } from '../api/local-host.ts';
import { startServer } from './server-process.ts';

const tracer = spawnSync('strace', ['-V']).status === 0;

describe.skipIf(!tracer)(tracer ? 'the disk' : 'the disk (skipped: there is no strace on this machine)', () => {
  it('has a write before the caller gets the response', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'curlew-'));
    const trace = join(folder, 'trace');
    const calls = 'trace=fsync,fdatasync,read,recvfrom,write,writev,sendto,sendmsg';
    const server = startServer({ CURLEW_DATA_DIR: join(folder, 'data') }, [
      'strace',
      '-D',
      '-f',
      '-s',
      '200',
      '-e',
      calls,
      '-o',
      trace,
    ]);
    const url = await server.url;
    for (let i = 0; i < 20; i++) {
      expect((await sendTo(url, post('/tickets', { title: `Traced ${i}` }))).status).toBe(201);
    }
    server.child.kill('SIGTERM');
    await server.exit;
    // The tracer still writes for a moment after the process has ended.
    await expect.poll(() => /\+\+\+ exited with 0 \+\+\+\s*$/.test(readFileSync(trace, 'utf8'))).toBe(true);

    // The order of three kinds of system calls: request read, log synced, response written.
    const steps = readFileSync(trace, 'utf8')
      .split('\n')
      .flatMap((line) => {
        if (/\b(read|recvfrom)\(.*POST \/tickets/.test(line)) return ['request'];
        if (/\b(fsync|fdatasync)\(\d+\)?.* = 0$|<\.\.\. (fsync|fdatasync) resumed>.* = 0$/.test(line))
          return ['synced'];
        if (/\b(write|writev|sendto|sendmsg)\(.*HTTP\/1\.1 201/.test(line)) return ['answered'];
        return [];
      });
    expect(steps.filter((step) => step === 'answered')).toHaveLength(20);
    let synced = false;
    for (const step of steps) {
      if (step === 'request') synced = false;
      if (step === 'synced') synced = true;
      if (step === 'answered') expect(synced).toBe(true);
    }
    rmSync(folder, { recursive: true });
  });
});
