import type { Analysis } from '../analysis.ts';
import type { Evidence, Proposal } from '../triage.ts';
import type { Reading } from './analyze-text.ts';
import { cueSpans } from './category.ts';
import type { LearnedAnswer, LearnedLabel } from './learner.ts';
import { typeOf } from './propose-type.ts';
import { clauseAt, scopeOf } from './scope.ts';
import { isAlarming } from './urgency-signs.ts';

/** The predictions of the organization's learner for a text. */
export interface LearnedFindings {
  readonly answer: LearnedAnswer;
  /** The categories of the organization that the learner may predict; empty before it has enough lessons. */
  readonly categories: readonly string[];
}

const MOST_EVIDENCE = 3;
/** A proposal with a lower confidence is not shown, so that agents can trust the proposals. */
const SURE = 0.6;
/**
 * The confidence in a category from the rules, by the score of the rules. Measured on tickets not used to write them.
 */
const RULES_ARE_RIGHT = [
  { from: 0.9, confidence: 0.85 },
  { from: 0.6, confidence: 0.65 },
] as const;
const LIKELY = 0.5;
/** The highest confidence for a question, a denial or a supposition. It is too low for automatic changes. */
const DOUBTFUL = 0.75;
/** The categories of tickets that need no quick answer. */
const UNURGENT = new Set(['feature-request', 'feedback']);

type Span = { readonly begin: number; readonly end: number };

/**
 * The proposals for a ticket from the analysis of its text and from the learner. `byRules` is the category that the
 * rules found, without the learner.
 */
export function proposalsOf(
  { analysis, isForeign, isDoubtful, text, originalSpan }: Reading,
  byRules: Analysis['category'],
  learned?: LearnedFindings,
): Proposal[] {
  const evidenceOf = (spans: readonly Span[]): Evidence[] =>
    spans
      .slice(0, MOST_EVIDENCE)
      .map(({ begin, end }) => ({ text: text.slice(begin, end), ...originalSpan(begin, end) }));
  const labelled = (field: 'category' | 'tags', { name, confidence, words }: LearnedLabel): Proposal => ({
    field,
    value: name,
    confidence,
    evidence: evidenceOf(clausesAt(words)),
  });

  return [
    ...priority(analysis, byRules, { isForeign, isDoubtful }, evidenceOf(cueSpans(text, byRules.name))),
    ...(isForeign ? [] : type()),
    ...category(),
    ...(learned?.answer.tags ?? []).filter(({ confidence }) => confidence >= SURE).map((tag) => labelled('tags', tag)),
  ];

  function type(): Proposal[] {
    const found = typeOf(text, byRules, analysis.urgency);
    if (found === undefined || found.confidence < SURE) return [];
    return [{ field: 'type', value: found.type, confidence: found.confidence, evidence: evidenceOf(found.spans) }];
  }

  function category(): Proposal[] {
    const taught = learned?.answer.category;
    if (taught !== undefined) return taught.confidence >= SURE ? [labelled('category', taught)] : [];
    // An organization with its own category names gets no default names.
    const isElsewhere =
      learned !== undefined && learned.categories.length > 0 && !learned.categories.includes(byRules.name ?? '');
    const confidence = RULES_ARE_RIGHT.find(({ from }) => byRules.score >= from)?.confidence;
    if (byRules.name === null || confidence === undefined || isElsewhere) return [];
    const cues = cueSpans(text, byRules.name);
    const stated = cues.filter(({ begin, end }) => scopeOf(text, begin, end) !== 'not_stated');
    const evidence = evidenceOf(stated.length > 0 ? stated : cues);
    if (evidence.length === 0) return [];
    const sure = stated.length > 0 ? confidence : Math.min(confidence, DOUBTFUL);
    return [{ field: 'category', value: byRules.name, confidence: sure, evidence }];
  }

  /** Whether the original text has the same words without tags between them. */
  function isVerbatim({ begin, end }: Span): boolean {
    const span = originalSpan(begin, end);
    return span.end - span.begin === end - begin;
  }

  /** The clauses of the words, each once. Two words alone explain nothing to an agent. */
  function clausesAt(words: readonly Span[]): Span[] {
    const clauses = words.map((word) => {
      const { begin, end } = clauseAt(text, word.begin, word.end);
      const sides = [
        { begin, end },
        { begin: word.begin, end },
        { begin, end: word.end },
      ];
      return sides.find(isVerbatim) ?? word;
    });
    return clauses.filter((one, index) => clauses.findIndex(({ begin }) => begin === one.begin) === index);
  }
}

function priority(
  { urgency: { level, reasons }, sentiment }: Analysis,
  { name, score }: Analysis['category'],
  { isForeign, isDoubtful }: Pick<Reading, 'isForeign' | 'isDoubtful'>,
  cues: readonly Evidence[],
): Proposal[] {
  const denial = reasons.filter(({ reason }) => reason === 'not_urgent');
  const stated = reasons.filter(({ reason }) => reason !== 'not_urgent' && reason !== 'wording');
  const plain = stated.filter(({ reason }) => reason !== 'says_urgent');
  if (level === null) return [];
  const proposal = (confidence: number, evidence: readonly Evidence[]): Proposal[] => [
    {
      field: 'priority',
      value: level,
      confidence: isDoubtful ? Math.min(confidence, DOUBTFUL) : confidence,
      evidence: evidence.slice(0, MOST_EVIDENCE).map(({ text, begin, end }) => ({ text, begin, end })),
    },
  ];
  if (level === 'LOW') {
    if (isForeign || stated.some(({ reason }) => isAlarming(reason) || denial.length === 0)) return [];
    // The confidence stays below the limit for automatic changes, because a ticket that is wrongly LOW waits too long.
    if (denial.length > 0) return proposal(0.7, denial);
    const isWish = name !== null && UNURGENT.has(name) && score >= LIKELY && sentiment.label !== 'NEGATIVE';
    return isWish && cues.length > 0 ? proposal(0.65, cues) : [];
  }
  // MEDIUM is the default and needs no proposal. If a text says that it can wait but sounds urgent, an agent must
  // decide.
  if (level === 'MEDIUM' || denial.length > 0 || reasons.length === 0) return [];
  if (isForeign) return plain.length > 0 ? proposal(0.6, plain) : [];
  const shown = plain.length > 0 ? [...plain, ...stated.filter((one) => !plain.includes(one))] : reasons;
  return proposal(isCertain(plain) ? 0.85 : ([0.65, 0.75, 0.75][Math.min(2, plain.length)] as number), shown);
}

/** Whether the reasons are strong enough to set the priority automatically, if the organization allows that. */
function isCertain(reasons: readonly { readonly reason: string }[]): boolean {
  const names = new Set(reasons.map(({ reason }) => reason));
  const isGrave = names.has('safety') || names.has('security') || names.has('money_moving');
  return isGrave || names.size > 1;
}
