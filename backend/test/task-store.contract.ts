import { StaleError } from '@curlew/core/kernel';
import { createTask, deleteTask, patchTask, type TaskQuery, type TaskStore } from '@curlew/core/task';
import { expect, it } from 'vitest';
import { contextOf } from './context.ts';

/** The contract of every task store. `open` returns an empty store in which org_a and org_b exist. */
export function taskStoreContract(open: () => Promise<TaskStore>): void {
  const start = async () => {
    const tasks = await open();
    const tickets = { exists: async (_: string, id: string) => id.startsWith('tkt_') };
    return { tasks, deps: { ctx: contextOf(), tasks, tickets } };
  };

  it('returns a saved task to its organization only', async () => {
    const { tasks, deps } = await start();
    const saved = await createTask(deps, {
      title: 'T',
      description: 'd',
      done: true,
      ticketId: 'tkt_1',
      externalId: 'x',
    });
    expect(await tasks.find('org_a', saved.task.id)).toEqual(saved);
    expect(await tasks.find('org_b', saved.task.id)).toBeUndefined();
  });

  it('refuses a task for a missing ticket', async () => {
    const { deps } = await start();
    await expect(createTask(deps, { title: 'T', ticketId: 'nope' })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('refuses a change based on an outdated version', async () => {
    const { tasks, deps } = await start();
    const record = await createTask(deps, { title: 'T' });
    await expect(
      tasks.save({ record, before: { ...record, task: { ...record.task, version: 7 } } }),
    ).rejects.toBeInstanceOf(StaleError);
  });

  it('names the owner of a taken external id, and frees the id with the task', async () => {
    const { deps } = await start();
    const { task } = await createTask(deps, { title: 'T', externalId: 'x' });
    await expect(createTask(deps, { title: 'U', externalId: 'x' })).rejects.toMatchObject({
      code: 'external_id_taken',
      details: { taskId: task.id },
    });
    await deleteTask(deps, task.id, undefined);
    await createTask(deps, { title: 'U', externalId: 'x' });
  });

  it('loses no change of many at once', async () => {
    const { tasks, deps } = await start();
    const { task } = await createTask(deps, { title: 'T' });
    const changes = Array.from({ length: 10 }, (_, i) => patchTask(deps, task.id, { title: `T${i}` }, undefined));
    await Promise.all(changes);
    expect((await tasks.find('org_a', task.id))?.task.version).toBe(11);
  });

  it('finds no deleted task', async () => {
    const { tasks, deps } = await start();
    const { task } = await createTask(deps, { title: 'T' });
    await deleteTask(deps, task.id, undefined);
    expect(await tasks.find('org_a', task.id)).toBeUndefined();
    await expect(deleteTask(deps, task.id, undefined)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lists tasks by ticket and by done, page by page', async () => {
    const { tasks, deps } = await start();
    for (let i = 0; i < 6; i++) {
      await createTask(deps, { title: `t${i}`, done: i % 2 === 1, ...(i < 4 ? { ticketId: 'tkt_1' } : {}) });
    }
    await createTask({ ...deps, ctx: contextOf('org_b') }, { title: 'theirs' });
    const titles = async (query: Partial<TaskQuery> = {}) =>
      (await tasks.list('org_a', { limit: 10, sort: 'createdAt', ...query })).items.map(({ title }) => title);
    expect(await titles()).toEqual(['t0', 't1', 't2', 't3', 't4', 't5']);
    expect(await titles({ done: true })).toEqual(['t1', 't3', 't5']);
    expect(await titles({ ticketId: 'tkt_1' })).toEqual(['t0', 't1', 't2', 't3']);
    expect(await titles({ ticketId: 'tkt_1', done: false })).toEqual(['t0', 't2']);
    const { next } = await tasks.list('org_a', { limit: 4, sort: '-createdAt' });
    expect(await titles({ sort: '-createdAt', ...(next === undefined ? {} : { after: next }) })).toEqual(['t1', 't0']);
  });
}
