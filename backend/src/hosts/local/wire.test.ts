import type { DueTimer } from '@curlew/core/kernel';
import { expect, it, vi } from 'vitest';
import { openDatabase } from '../../adapters/sqlite/index.ts';
import { wire } from './wire.ts';

it('runs the reactions of timers, and waits for a running reaction before it stops', async () => {
  const runs: DueTimer[] = [];
  let ended = false;
  const curlew = await wire(openDatabase(':memory:'), {
    auth: 'open',
    limits: undefined,
    triage: { automatic: false, folder: '' },
    log: () => {},
    timerReactions: {
      async test(timer) {
        runs.push(timer);
        await new Promise((resolve) => setTimeout(resolve, 20));
        ended = true;
      },
    },
  });
  const name = { reaction: 'test', organizationId: 'default', key: 'tkt_1' };
  const at = new Date(Date.now() + 10).toISOString();
  await curlew.timers.set(name, at);
  await vi.waitFor(() => expect(runs).toMatchObject([{ ...name, at }]));
  await curlew.stop();
  expect(ended).toBe(true);
});
