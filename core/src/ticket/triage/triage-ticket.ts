import { CurlewError, isSameJson, retryStale } from '../../kernel/index.ts';
import {
  type Assessment,
  type MessageAnalysis,
  type Triage,
  type Triager,
  type TriageSettings,
  triageBrief,
} from '../../triage/index.ts';
import type { TicketStoreDeps } from '../deps.ts';
import type { Change } from '../events.ts';
import { recordEvent } from '../history.ts';
import { loadTicket, ticketKey } from '../load-ticket.ts';
import type { Message } from '../message.ts';
import type { TicketRef } from '../ports.ts';
import { saveTicket } from '../save-ticket.ts';
import { isMoreUrgent, type ProposalWithSource, renewSuggestions } from '../suggestions.ts';
import type { Ticket, TicketRecord } from '../ticket.ts';

/** The dependencies of triage. It needs no `People`, because it never changes the people of a ticket. */
export interface TriageDeps extends TicketStoreDeps {
  readonly triager: Triager;
  /** The triage settings of the organization. */
  settings(organizationId: string): Promise<TriageSettings>;
}

/**
 * The texts of a ticket to analyse. A message that was analysed last time is analysed again only together with `own`.
 */
export interface TextsToRead {
  /** The ticket's title and description. */
  readonly own: boolean;
  readonly message?: Message | undefined;
}

interface ReadTexts {
  readonly own: Assessment | undefined;
  readonly message: (Assessment & { readonly id: string }) | undefined;
}

const MOST_TRIES = 5;
const LATEST_REPLIES = 10;

/**
 * Analyses a ticket and the latest reply of its reporter again. Throws `not_found`, `forbidden`, and `unavailable` if
 * the texts cannot be analysed now.
 */
export function triageTicket(deps: TriageDeps, ref: TicketRef): Promise<TicketRecord> {
  return updateTriage(deps, ref, async (found) => ({ own: true, message: await latestReply(deps, found) }));
}

/** Title, blank line, description. The offsets in a ticket's triage refer to this text. */
export function textOf({ title, description }: Pick<Ticket, 'title' | 'description'>): string {
  return `${title}\n\n${description}`;
}

/**
 * Analyses the texts that `choose` returns and saves the result. Writes nothing if the result is the same as before. If
 * the ticket's text changes during the analysis, analyses it again. Throws the same errors as `triageTicket`.
 */
export async function updateTriage(
  deps: TriageDeps,
  ref: TicketRef,
  choose: (found: TicketRecord) => Promise<TextsToRead>,
): Promise<TicketRecord> {
  const { ctx, settings } = deps;
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const seen = await loadTicket(deps, ref, 'tickets:manage');
    const triageSettings = await settings(seen.organizationId);
    const read = await readTexts(deps, seen, await choose(seen), triageSettings);
    // The analysis takes long, so it runs before the lock on the ticket is taken.
    const saved = await retryStale(ctx, ticketKey(ref), async () => {
      const before = await loadTicket(deps, ref, 'tickets:manage');
      if (textOf(before.ticket) !== textOf(seen.ticket) || latestIn(before) !== latestIn(seen)) return undefined;
      const now = ctx.now();
      const triage = triageFrom(before.ticket, read, triageSettings, now);
      if (triage === before.ticket.triage) return saveTicket(deps, before, before, []);
      const ticket = { ...before.ticket, triage, updatedAt: now };
      const changes = briefChanges(before.ticket.triage, triage);
      const next = recordEvent(ctx, before, ticket, { type: 'ticket.triaged', time: now, changes });
      return saveTicket(deps, before, { ...next.ticket, derived: before.derived + 1 }, [next.event]);
    });
    if (saved !== undefined) return saved;
  }
  throw new CurlewError('busy', 'The ticket changes too often to be analysed now; try again.');
}

async function readTexts(
  { triager }: TriageDeps,
  record: TicketRecord,
  { own, message: chosen }: TextsToRead,
  { maskPersonalData }: TriageSettings,
): Promise<ReadTexts> {
  const { organizationId, ticket } = record;
  const message = own || chosen?.id !== latestIn(record) ? chosen : undefined;
  const assess = (text: string) => triager.assess(organizationId, text, { maskPersonalData });
  const [ofTicket, ofMessage] = await Promise.all([
    own || ticket.triage === null ? assess(textOf(ticket)) : undefined,
    message === undefined ? undefined : assess(message.body),
  ]);
  const id = message?.id;
  return { own: ofTicket, message: ofMessage && id ? { ...ofMessage, id } : undefined };
}

/** The ticket's triage with the new assessments. Returns the same object if nothing changed. */
function triageFrom(ticket: Ticket, { own, message }: ReadTexts, settings: TriageSettings, now: string): Triage {
  const before = ticket.triage;
  const analysis = own?.analysis ?? before;
  if (analysis === null) throw new Error(`Nothing was read of ticket ${ticket.id}.`);
  const latestMessage = nextMessageAnalysis(before?.latestMessage ?? null, message, now);
  const suggestions = renewSuggestions(
    ticket,
    before?.suggestions ?? [],
    proposalsFrom(ticket, { own, message }),
    settings,
  );
  const { language, sentiment, keyPhrases, urgency, category, analyzer } = analysis;
  const found = { language, sentiment, keyPhrases, urgency, category, analyzer };
  const triage = { ...found, analyzedAt: before?.analyzedAt ?? now, latestMessage, suggestions };
  if (before !== null && isSameJson(triage, before)) return before;
  return own === undefined ? triage : { ...triage, analyzedAt: now };
}

function latestIn({ ticket }: TicketRecord): string | undefined {
  return ticket.triage?.latestMessage?.messageId;
}

function nextMessageAnalysis(
  before: MessageAnalysis | null,
  read: ReadTexts['message'],
  now: string,
): MessageAnalysis | null {
  if (read === undefined) return before;
  const { category: _, ...analysis } = read.analysis;
  const found = { ...analysis, messageId: read.id, analyzedAt: before?.analyzedAt ?? now };
  return before !== null && isSameJson(found, before) ? before : { ...found, analyzedAt: now };
}

/** The proposals from the analysed texts, and the open suggestions from texts that were not analysed this time. */
function proposalsFrom(ticket: Ticket, { own, message }: ReadTexts): ProposalWithSource[] {
  const open = (ticket.triage?.suggestions ?? []).filter(({ state }) => state === 'open');
  const ofTicket =
    own === undefined
      ? open.filter(({ messageId }) => messageId === null)
      : own.proposals.map((one) => ({ ...one, messageId: null }));
  const ofMessage =
    message === undefined
      ? open.filter(({ messageId }) => messageId !== null)
      : message.proposals
          // A reply may raise the priority. Type, category and tags come from the ticket's own text only.
          .filter(({ field, value }) => field === 'priority' && isMoreUrgent(value, ticket.priority))
          .map((one) => ({ ...one, messageId: message.id }));
  const [urgent] = ofMessage;
  const isLessUrgent = (one: ProposalWithSource) =>
    one.field === 'priority' && urgent !== undefined && isMoreUrgent(urgent.value, one.value);
  return [...ofTicket.filter((one) => !isLessUrgent(one)), ...ofMessage];
}

function briefChanges(before: Triage | null, after: Triage): Change[] {
  const factsOf = (triage: Triage) => ({ ...triageBrief(triage), category: triage.category.name });
  const from = before === null ? { sentiment: null, urgency: null, category: null } : factsOf(before);
  const to = factsOf(after);
  return (['sentiment', 'urgency', 'category'] as const)
    .filter((field) => from[field] !== to[field])
    .map((field) => ({ field, from: from[field], to: to[field] }));
}

/**
 * The latest reply by the reporter or another customer. A reply counts as a customer's if the reporter wrote it, if it
 * is the reply that triage analysed last, or if its id is `customers`. Looks at the latest 10 replies only; undefined
 * if none of them counts.
 */
export async function latestReply(
  { tickets }: Pick<TriageDeps, 'tickets'>,
  { organizationId, ticket }: TicketRecord,
  customers?: string,
): Promise<Message | undefined> {
  const page = { limit: LATEST_REPLIES, sort: '-createdAt', kind: 'reply' } as const;
  const { items } = await tickets.listMessages(organizationId, ticket.id, page);
  const known = ticket.triage?.latestMessage?.messageId;
  return items.find(({ id, authorId }) => authorId === ticket.reporterId || id === known || id === customers);
}
