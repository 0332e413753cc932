import { type Answer, type Api, NoAnswer, problemOf, Unauthenticated } from '@curlew/client';
import * as z from 'zod';
import { CommandProblem } from '../terminal/problems.ts';

/** Counts of a run. */
export interface Tally {
  listed: number;
  triaged: number;
  /** Tickets that were analysed before, with `--missing`. */
  skipped: number;
  /** Tickets that were deleted after they were listed. */
  gone: number;
  failed: number;
}

export interface Run {
  readonly api: Api;
  readonly which: 'all' | 'missing';
  readonly since: string | undefined;
  readonly after: string | undefined;
  readonly concurrency: number;
  readonly tally: Tally;
  /** Called with a ticket that was not analysed and the reason. */
  fail(ticket: Row, reason: string): void;
  interrupted(): boolean;
}

/** The position of a run that stopped early. */
export interface Stopped {
  /** The reason, as a sentence. */
  readonly why: string;
  /** The cursor of the first unfinished page; undefined for the first page of the list. */
  readonly at: string | undefined;
}

const Row = z.object({ id: z.string(), number: z.number(), triage: z.unknown() });
type Row = z.infer<typeof Row>;

/** Consecutive tickets without an answer after which the server counts as down. Fewer may be the fault of a text. */
const UNANSWERED_TICKETS = 20;
const PAGE = 100;
const FATAL_CODES = new Set(['forbidden', 'route_not_found', 'method_not_allowed']);

/**
 * Requests the analysis of all tickets and continues after failures. Returns undefined at the end of the list. Before
 * it returns, the tickets in progress are finished. Throws `CommandProblem`, `Unauthenticated` and `NoAnswer` if it
 * cannot start.
 */
export async function retriage(run: Run): Promise<Stopped | undefined> {
  const { api, which, tally, concurrency } = run;
  const underWay = new Set<Promise<void>>();
  let unanswered = { tickets: 0, since: '' };
  let futile: Error | undefined;
  let page = firstPage(run);

  async function triage(row: Row, from: string): Promise<void> {
    try {
      const outcome = outcomeOf(await api('POST', `v1/tickets/${row.id}/triage`, { body: {} }));
      unanswered = { tickets: 0, since: '' };
      if (outcome === 'triaged' || outcome === 'gone') tally[outcome]++;
      else fail(row, outcome.reason);
    } catch (error) {
      if (error instanceof NoAnswer) {
        unanswered = { tickets: unanswered.tickets + 1, since: unanswered.since || from };
        fail(row, `The server did not answer: ${error.message}.`);
      } else {
        futile ??= error instanceof Error ? error : new Error(String(error));
      }
    }
  }

  function fail(row: Row, reason: string): void {
    tally.failed++;
    run.fail(row, reason);
  }

  function stopped(): Stopped | undefined {
    if (futile !== undefined) throw futile;
    if (run.interrupted()) return { why: 'Stopped by Ctrl-C.', at: cursorOf(page) };
    if (unanswered.tickets < UNANSWERED_TICKETS) return undefined;
    return { why: 'Stopped: the server no longer answers.', at: cursorOf(unanswered.since) };
  }

  try {
    for (;;) {
      const { rows, next } = await rowsAt(api, page);
      for (const row of rows) {
        const end = stopped();
        if (end !== undefined) return end;
        tally.listed++;
        if (which === 'missing' && row.triage !== null) {
          tally.skipped++;
          continue;
        }
        const done = triage(row, page).finally(() => underWay.delete(done));
        underWay.add(done);
        while (underWay.size >= concurrency) await Promise.race(underWay);
      }
      if (next === undefined) break;
      page = next;
    }
    await Promise.all(underWay);
    return stopped();
  } catch (error) {
    if (tally.triaged === 0 || !isForeseen(error)) throw error;
    return { why: `Stopped: ${error.message}`, at: cursorOf(page) };
  } finally {
    await Promise.all(underWay);
  }
}

function isForeseen(error: unknown): error is Error {
  return [CommandProblem, Unauthenticated, NoAnswer].some((kind) => error instanceof kind);
}

// Oldest first, so new tickets come at the end and no ticket moves between pages.
function firstPage({ since, after }: Pick<Run, 'since' | 'after'>): string {
  const query = new URLSearchParams({ sort: 'createdAt', limit: String(PAGE) });
  if (since !== undefined) query.set('updatedSince', since);
  if (after !== undefined) query.set('cursor', after);
  return `v1/tickets?${query}`;
}

function cursorOf(page: string): string | undefined {
  return new URL(page, 'http://any').searchParams.get('cursor') ?? undefined;
}

async function rowsAt(api: Api, page: string): Promise<{ rows: Row[]; next: string | undefined }> {
  const { status, body, next } = await api('GET', page);
  const rows = z.array(Row).safeParse(body);
  if (status === 200 && rows.success) return { rows: rows.data, next };
  const why = problemOf(body)?.detail ?? `it is not a Curlew server (${status})`;
  throw new CommandProblem(`The server does not list its tickets: ${why}`);
}

function outcomeOf({ status, body }: Answer): 'triaged' | 'gone' | { readonly reason: string } {
  if (status === 200) return 'triaged';
  const { code = '', detail = `The server answered ${status} without an explanation.` } = problemOf(body) ?? {};
  if (code === 'not_found') return 'gone';
  if (FATAL_CODES.has(code)) throw new CommandProblem(`The server cannot analyse tickets: ${detail}`);
  return { reason: detail };
}
