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
  TicketType,
} from './ticket.ts';

const CATEGORY = 'category:';
/**
 * Triage applies a suggestion automatically only with at least this confidence, and only if the organization allows it.
 */
export const SURE = 0.8;
// The number of reverted suggestions that a ticket keeps, so that triage does not suggest them again.
const MOST_REVERTED = 20;

function categoryIn({ tags }: Pick<Ticket, 'tags'>): string | null {
  return tags.find((tag) => tag.startsWith(CATEGORY))?.slice(CATEGORY.length) ?? null;
}

/** A proposal with its source: the id of a message, or null for the ticket's own text. */
export type ProposalWithSource = Proposal & { readonly messageId: string | null };

/**
 * The suggestions of a ticket after its texts were analysed again. Applied suggestions and the latest reverted ones
 * stay, and are not suggested again. New proposals replace all open suggestions. A value that the ticket already has,
 * or that is not a valid tag, is not suggested.
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
 * The fields that triage may set automatically: on a ticket that is unchanged since its creation and neither RESOLVED
 * nor CLOSED, and only fields that still have their default value.
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

/**
 * The ticket's fields after the open suggestions for the `wanted` fields are applied, if their confidence is `least` or
 * more.
 */
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

/**
 * The ticket's fields after the applied suggestions for the `wanted` fields are reverted. Later changes by people stay.
 */
export function withRevertedSuggestions(ticket: Ticket, wanted: ReadonlySet<SuggestedField>): SuggestionDecision {
  let fields = editableFields(ticket);
  // In reverse order, because a suggestion may have replaced the value of an earlier suggestion.
  const suggestions = (ticket.triage?.suggestions ?? []).toReversed().map((suggestion): Suggestion => {
    if (suggestion.state !== 'applied' || !wanted.has(suggestion.field)) return suggestion;
    if (hasValue(fields, suggestion)) fields = withoutValue(fields, suggestion);
    return { ...suggestion, state: 'reverted' };
  });
  return { fields, suggestions: suggestions.reverse() };
}

/**
 * The suggestions of a ticket after a person changed it. An applied suggestion counts as reverted if its value is gone.
 * An open suggestion is removed if the person changed its field.
 */
export function afterEdit(suggestions: readonly Suggestion[], from: EditableFields, to: EditableFields): Suggestion[] {
  const isDecided = (field: SuggestedField) => currentValue(from, field) !== currentValue(to, field);
  return suggestions.flatMap((suggestion): Suggestion[] => {
    const { state, field } = suggestion;
    if (state === 'open') return isDecided(field) || hasValue(to, suggestion) ? [] : [suggestion];
    const isReverted = state === 'applied' && hasValue(from, suggestion) && !hasValue(to, suggestion);
    return [isReverted ? { ...suggestion, state: 'reverted' } : suggestion];
  });
}

/** The category and tags that people chose, without those that triage set automatically and no person confirmed. */
export function lessonFrom({ tags, triage }: Ticket): { category: string | null; tags: string[] } {
  const unconfirmed = (triage?.suggestions ?? []).filter(
    ({ state, appliedBy }) => state === 'applied' && appliedBy === TRIAGE_ACTOR,
  );
  const chosen = tags.filter((tag) => !unconfirmed.some((one) => tagOf(one) === tag));
  return { category: categoryIn({ tags: chosen }), tags: chosen.filter((tag) => !tag.startsWith(CATEGORY)) };
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

/** The fields with the suggested value set; undefined if the ticket has the maximum number of tags. */
function withValue(
  fields: EditableFields,
  suggestion: Suggestion,
  replaced: string | null,
): EditableFields | undefined {
  const { field, value } = suggestion;
  if (field === 'priority') return { ...fields, priority: TicketPriority.parse(value) };
  if (field === 'type') return { ...fields, type: TicketType.parse(value) };
  const others = fields.tags.filter((tag) => field !== 'category' || tag !== `${CATEGORY}${replaced}`);
  if (others.length >= MOST_TAGS && !others.includes(tagOf(suggestion))) return undefined;
  return { ...fields, tags: [...new Set([...others, tagOf(suggestion)])] };
}

function withoutValue(fields: EditableFields, suggestion: Suggestion): EditableFields {
  const { field, replaced } = suggestion;
  if (field === 'priority') return { ...fields, priority: TicketPriority.parse(replaced) };
  if (field === 'type') return { ...fields, type: TicketType.parse(replaced) };
  const rest = fields.tags.filter((tag) => tag !== tagOf(suggestion));
  const isBare = field === 'category' && replaced !== null && categoryIn({ tags: rest }) === null;
  return { ...fields, tags: isBare ? [...rest, `${CATEGORY}${replaced}`] : rest };
}
