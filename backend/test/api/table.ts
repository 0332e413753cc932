import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, ApiHost, Sent } from './host.ts';

/** One row: a request, and everything that its response and its events must and must not contain. */
export interface ApiRow {
  readonly name: string;
  /** Prepares the resource for the request. `send` gets the response. */
  readonly given?: (send: ApiHost['send']) => Promise<Answer>;
  readonly send: Sent | ((given: Answer) => Sent);
  readonly status: number;
  /** A text or pattern that each header must match; null for a header that must be missing. */
  readonly headers?: Readonly<Record<string, string | RegExp | null>>;
  /** The least content of the body, or a function that checks it. */
  readonly body?: unknown;
  /** The code of a problem document, and the `pointer code` of its errors. */
  readonly problem?: string;
  readonly errors?: readonly string[];
  /** Strings that the text of the body must contain. */
  readonly holds?: readonly string[];
  /** Strings that the text of the body must not contain. */
  readonly lacks?: readonly string[];
  /** The types of the request's events, in order; by default none. */
  readonly events?: readonly string[];
}

interface Result {
  readonly given: Answer;
  readonly answer: Answer;
  readonly events: readonly string[];
}

/**
 * Runs the rows one after the other against one host. A row may depend on earlier rows: a test that runs alone (`-t`) or
 * in another order sends the requests of the earlier rows first.
 */
export function apiTable(title: string, open: () => Promise<ApiHost>, rows: readonly ApiRow[]): void {
  describe(title, () => {
    let host: ApiHost;
    let seen: readonly string[];
    const results: Promise<Result>[] = [];
    beforeAll(async () => {
      host = await open();
      seen = await host.eventTypes();
    });
    afterAll(() => host.stop());

    async function send(row: ApiRow): Promise<Result> {
      const given = row.given === undefined ? ({} as Answer) : await row.given(host.send);
      // Reading all events is the slowest part of a row on AWS. If a row prepares nothing, the events that the previous row read are still all events.
      const before = row.given === undefined ? seen : await host.eventTypes();
      const answer = await host.send(typeof row.send === 'function' ? row.send(given) : row.send);
      seen = await host.eventTypes();
      return { given, answer, events: seen.slice(before.length) };
    }

    async function resultOf(index: number): Promise<Result | undefined> {
      for (const row of rows.slice(results.length, index + 1)) {
        // A row that fails must not stop the later rows.
        await results.at(-1)?.catch(() => undefined);
        results.push(send(row));
      }
      return results[index];
    }

    it.each(rows.map((row, index) => [row.name, row, index] as const))('%s', async (_, row, index) => {
      const { given, answer, events } = (await resultOf(index)) as Result;
      expect([answer.status, answer.text]).toEqual([row.status, expect.anything()]);
      for (const [name, expected] of Object.entries(row.headers ?? {})) {
        const value = answer.headers.get(name);
        if (expected === null) expect(value).toBeNull();
        else expect(value).toMatch(expected);
      }
      if (typeof row.body === 'function') row.body(answer.body, given.body);
      else if (row.body !== undefined) expect(answer.body).toMatchObject(row.body as object);
      if (row.problem !== undefined) expect(answer.body).toMatchObject({ code: row.problem, status: row.status });
      if (row.errors !== undefined) {
        const errors = answer.body.errors.map((one: { pointer: string; code: string }) => `${one.pointer} ${one.code}`);
        expect(errors).toEqual(row.errors);
      }
      for (const text of row.holds ?? []) expect(answer.text).toContain(text);
      for (const text of row.lacks ?? []) expect(answer.text).not.toContain(text);
      expect(events).toEqual(row.events ?? []);
    });
  });
}
