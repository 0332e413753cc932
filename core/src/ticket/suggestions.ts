import {
  type Proposal,
  type SuggestedField,
  type Suggestion,
  TRIAGE_ACTOR,
  type TriageSettings,
} from '../triage/index.ts';
import {
  type EditableFields,
  editableFields,
  MOST_TAGS,
  Tag,
  type Ticket,
  TicketPriority,
  type TicketType,
} from './ticket.ts';

const CATEGORY = 'category:';
/** From this confidence on triage applies by itself what an organization lets it apply. */
export const SURE = 0.8;
// Refusals that are remembered, so that nobody is asked twice.
const MOST_REVERTED = 20;

export function categoryIn({ tags }: Pick<Ticket, 'tags'>): string | null {
  return tags.find((tag) => tag.startsWith(CATEGORY))?.slice(CATEGORY.length) ?? null;
}

/** What is proposed, with the message that led to it, if it was one. */
export type ProposalWithSource = Proposal & { readonly messageId: string | null };

/**
 * The suggestions of a ticket after its texts were read again. Those that were applied stay, as do the latest that were
 * taken back, and neither is made again; open ones make room for the new. What the ticket says already is none, nor is
 * what no tag could hold.
 */
export function renewSuggestions(
  ticket: Ticket,
  before: readonly Suggestion[],
  proposed: readonly ProposalWithSource[],
  settings: TriageSettings,
): Suggestion[] {
  const reverted = before.filter(({ state }) => state === 'reverted').slice(-MOST_REVERTED);
  const settled = before.filter((one) => one.state === 'applied' || reverted.includes(one));
  const taken = new Set<string>(settled.map(nameOf));
  const open: Suggestion[] = [];
  for (const { field, value, confidence, evidence, messageId } of proposed) {
    const isDecided = field === 'category' && categoryIn(ticket) !== null;
    if (settings[field] === 'off' || isDecided || hasValue(ticket, { field, value })) continue;
    const isSecond = field !== 'tags' && open.some((one) => one.field === field);
    if (isSecond || taken.has(nameOf({ field, value })) || !isPossible({ field, value })) continue;
    taken.add(nameOf({ field, value }));
    open.push({
      field,
      value,
      confidence,
      evidence: [...evidence],
      state: 'open',
      replaced: null,
      messageId,
      appliedBy: null,
    });
  }
  return [...settled, ...open];
}

/**
 * What triage may apply unasked: to a ticket that nobody has changed and somebody has yet to answer, where it says what
 * tickets say by default.
 */
export function applicableFields(ticket: Ticket, settings: TriageSettings): SuggestedField[] {
  const { version, status, priority, type, triage } = ticket;
  if (version !== 1 || triage === null || status === 'RESOLVED' || status === 'CLOSED') return [];
  const byDefault: Readonly<Record<SuggestedField, boolean>> = {
    priority: priority === 'MEDIUM',
    type: type === 'INCIDENT',
    category: true,
    tags: true,
  };
  const fields = triage.suggestions.flatMap(({ field, state, confidence }) =>
    state === 'open' && confidence >= SURE && settings[field] === 'apply' && byDefault[field] ? [field] : [],
  );
  return [...new Set(fields)];
}

export interface SuggestionDecision {
  readonly fields: EditableFields;
  readonly suggestions: Suggestion[];
}

/** The ticket's fields with the open suggestions for `wanted` in them, of those at least so confident. */
export function withAppliedSuggestions(
  ticket: Ticket,
  wanted: ReadonlySet<SuggestedField>,
  { least, by }: { least: number; by: string },
): SuggestionDecision {
  let fields = editableFields(ticket);
  const suggestions = (ticket.triage?.suggestions ?? []).map((suggestion): Suggestion => {
    const { field, state, confidence } = suggestion;
    if (state !== 'open' || !wanted.has(field) || confidence < least || hasValue(fields, suggestion)) return suggestion;
    const replaced = currentValue(fields, field);
    const next = withValue(fields, suggestion, replaced);
    if (next === undefined) return suggestion;
    fields = next;
    return { ...suggestion, state: 'applied', replaced, appliedBy: by };
  });
  return { fields, suggestions };
}

/** The fields as they were before suggestions for `wanted` were applied; what people have changed since stays. */
export function withRevertedSuggestions(ticket: Ticket, wanted: ReadonlySet<SuggestedField>): SuggestionDecision {
  let fields = editableFields(ticket);
  // The last first: what it took the place of may have been applied, too.
  const suggestions = (ticket.triage?.suggestions ?? []).toReversed().map((suggestion): Suggestion => {
    if (suggestion.state !== 'applied' || !wanted.has(suggestion.field)) return suggestion;
    if (hasValue(fields, suggestion)) fields = withoutValue(fields, suggestion);
    return { ...suggestion, state: 'reverted' };
  });
  return { fields, suggestions: suggestions.reverse() };
}

/**
 * The suggestions after people have changed a ticket: what was applied and is there no more counts as taken back, and
 * what was open for a field that they have decided is settled by that.
 */
export function afterEdit(suggestions: readonly Suggestion[], from: EditableFields, to: EditableFields): Suggestion[] {
  const isDecided = (field: SuggestedField) => currentValue(from, field) !== currentValue(to, field);
  return suggestions.flatMap((suggestion): Suggestion[] => {
    const { state, field } = suggestion;
    if (state === 'open') return isDecided(field) || hasValue(to, suggestion) ? [] : [suggestion];
    const isTakenBack = state === 'applied' && hasValue(from, suggestion) && !hasValue(to, suggestion);
    return [isTakenBack ? { ...suggestion, state: 'reverted' } : suggestion];
  });
}

/** Category and tags as people decided them: without what triage set by itself and nobody has confirmed. */
export function lessonFrom({ tags, triage }: Ticket): { category: string | null; tags: string[] } {
  const unconfirmed = (triage?.suggestions ?? []).filter(
    ({ state, appliedBy }) => state === 'applied' && appliedBy === TRIAGE_ACTOR,
  );
  const isTaught = (tag: string) => !unconfirmed.some((one) => tagOf(one) === tag);
  const decided = tags.filter(isTaught);
  return { category: categoryIn({ tags: decided }), tags: decided.filter((tag) => !tag.startsWith(CATEGORY)) };
}

export function isMoreUrgent(one: string, other: string): boolean {
  const ranks: readonly string[] = TicketPriority.options;
  return ranks.indexOf(one) > ranks.indexOf(other);
}

type FieldValue = Pick<Suggestion, 'field' | 'value'>;

function nameOf({ field, value }: FieldValue): string {
  return `${field} ${value}`;
}

function tagOf({ field, value }: FieldValue): string {
  return field === 'category' ? `${CATEGORY}${value}` : value;
}

function isPossible(suggestion: FieldValue): boolean {
  const { field } = suggestion;
  return field === 'priority' || field === 'type' || Tag.safeParse(tagOf(suggestion)).success;
}

function hasValue(fields: EditableFields, suggestion: FieldValue): boolean {
  const { field, value } = suggestion;
  return field === 'priority' || field === 'type' ? fields[field] === value : fields.tags.includes(tagOf(suggestion));
}

function currentValue(fields: EditableFields, field: SuggestedField): string | null {
  if (field === 'category') return categoryIn(fields);
  return field === 'tags' ? null : fields[field];
}

/** Undefined when there is no room for one tag more. */
function withValue(
  fields: EditableFields,
  suggestion: Suggestion,
  replaced: string | null,
): EditableFields | undefined {
  const { field, value } = suggestion;
  if (field === 'priority') return { ...fields, priority: value as TicketPriority };
  if (field === 'type') return { ...fields, type: value as TicketType };
  const others = fields.tags.filter((tag) => field !== 'category' || tag !== `${CATEGORY}${replaced}`);
  if (others.length >= MOST_TAGS && !others.includes(tagOf(suggestion))) return undefined;
  return { ...fields, tags: [...new Set([...others, tagOf(suggestion)])] };
}

function withoutValue(fields: EditableFields, suggestion: Suggestion): EditableFields {
  const { field, replaced } = suggestion;
  if (field === 'priority') return { ...fields, priority: replaced as TicketPriority };
  if (field === 'type') return { ...fields, type: replaced as TicketType };
  const rest = fields.tags.filter((tag) => tag !== tagOf(suggestion));
  const isBare = field === 'category' && replaced !== null && categoryIn({ tags: rest }) === null;
  return { ...fields, tags: isBare ? [...rest, `${CATEGORY}${replaced}`] : rest };
}
