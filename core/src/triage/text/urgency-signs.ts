import type { UrgencyReason } from '../analysis.ts';
import {
  FOREIGN_DENIALS,
  FOREIGN_NOT_STATED,
  FOREIGN_NOT_STATED_AFTER,
  FOREIGN_OVER,
  FOREIGN_RULES,
  UNSPACED_DENIALS,
  UNSPACED_RULES,
} from './foreign-urgency.ts';
import { type Scope, scopeOf } from './scope.ts';
import { COURTESIES, DENIALS, ENGLISH_RULES, OVER, type Rule } from './urgency-rules.ts';
import { type Match, wordPatterns } from './word-patterns.ts';

export interface FoundReason {
  readonly weight: number;
  /** The least level of a text that states this reason. */
  readonly least?: Rule['least'];
  /** Whether the sentence is a question or a supposition, so that an agent must judge it. */
  readonly isDoubtful: boolean;
  readonly reason: UrgencyReason;
}

/** The reasons for and against urgency that the rules find in a text. */
export interface UrgencySigns {
  /** The best-stated match of each reason. */
  readonly reasons: readonly FoundReason[];
  /** The words with which the text says that it is not urgent. */
  readonly denial?: UrgencyReason;
  /** Whether the text reports a problem that is over. */
  readonly isOver: boolean;
  /** Whether the text mentions an alarm only in a denial, a hypothesis or a topic. */
  readonly isOnlyMentioned: boolean;
}

const RULES = [...ENGLISH_RULES, ...FOREIGN_RULES];
const OTHERS = [DENIALS, FOREIGN_DENIALS, COURTESIES, OVER, FOREIGN_OVER];
const [DENIAL_AT, FOREIGN_DENIAL_AT, COURTESY_AT, OVER_AT, FOREIGN_OVER_AT] = [0, 1, 2, 3, 4].map(
  (index) => RULES.length + index,
) as [number, number, number, number, number];
const search = wordPatterns([...RULES.map(({ source }) => source), ...OTHERS]);
/** A rule that matches more often is tried no further. */
const MOST_MATCHES = 50;

const FOREIGN_NOT = /(?<!\p{L})(?:pas|niet|nicht|non|não|no es)(?: \p{L}{2,5})? $/iu;

/** Reasons that stay urgent in a polite text. */
const ALARMING = new Set(['outage', 'safety', 'security', 'money_moving', 'several_people', 'blocked', 'stranded']);
/** The words of these reasons say what happens, and are no names. */
const EVENTS = new Set(['several_people', 'blocked', 'deadline']);
/** A reason with this weight makes a text urgent, even if the text says that it can wait. */
const STRONG_WEIGHT = 2;

/** Searches a text for reasons for and against urgency. The time is linear in the length of the text. */
export function urgencySigns(text: string): UrgencySigns {
  const best = new Map<number, Match & { readonly isDoubtful: boolean }>();
  const counts = new Map<number, number>();
  let isMentioned = false;
  search(text, (index, match) => {
    const { begin, end } = match;
    const known = RULES[index];
    const scope = known === undefined ? 'stated' : scopeIn(text, index, begin, end);
    if (scope === 'not_stated') isMentioned ||= known !== undefined && ALARMING.has(known.reason);
    else if (scope === 'stated' || !best.has(index)) best.set(index, { ...match, isDoubtful: scope === 'doubtful' });
    const count = (counts.get(index) ?? 0) + 1;
    counts.set(index, count);
    return scope !== 'stated' && count < MOST_MATCHES;
  });
  const found = new Map<string, FoundReason>();
  for (const [index, { reason, weight, least }] of RULES.entries()) {
    const match = best.get(index);
    const known = found.get(reason);
    if (match === undefined || (known !== undefined && rankOf(known) >= rankOf({ weight, least }))) continue;
    const { isDoubtful, ...span } = match;
    found.set(reason, { weight, ...(least === undefined ? {} : { least }), isDoubtful, reason: { reason, ...span } });
  }
  for (const { reason, weight, pattern } of UNSPACED_RULES) {
    const known = found.get(reason)?.weight ?? 0;
    const [match] = known >= weight ? [] : text.matchAll(pattern);
    if (match === undefined) continue;
    const [words] = match;
    const span = { text: words, begin: match.index, end: match.index + words.length };
    found.set(reason, { weight, isDoubtful: false, reason: { reason, ...span } });
  }
  const reasons = [...found.values()];
  const alarms = reasons.filter(({ reason }) => ALARMING.has(reason.reason));
  const denial = isStrong(alarms)
    ? undefined
    : (best.get(DENIAL_AT) ??
      best.get(FOREIGN_DENIAL_AT) ??
      unspacedDenial(text) ??
      (alarms.length === 0 ? best.get(COURTESY_AT) : undefined));
  return {
    reasons,
    ...(denial === undefined
      ? {}
      : { denial: { reason: 'not_urgent', text: denial.text, begin: denial.begin, end: denial.end } }),
    isOver: best.has(OVER_AT) || best.has(FOREIGN_OVER_AT),
    isOnlyMentioned: isMentioned && reasons.every(({ reason }) => reason.reason === 'says_urgent'),
  };
}

function scopeIn(text: string, index: number, begin: number, end: number): Scope {
  const known = ENGLISH_RULES[index];
  // `urgent` is a French and Dutch word too.
  if (known?.reason === 'says_urgent' && FOREIGN_NOT.test(text.slice(Math.max(0, begin - 20), begin)))
    return 'not_stated';
  if (known !== undefined) return scopeOf(text, begin, end, EVENTS.has(known.reason) ? 'event' : 'name');
  const line = text
    .slice(Math.max(0, begin - 80), begin)
    .split(/[.!?\n,;:]/)
    .at(-1) as string;
  const isNot = FOREIGN_NOT_STATED.test(line) || FOREIGN_NOT_STATED_AFTER.test(text.slice(end, end + 40));
  return isNot ? 'not_stated' : 'stated';
}

function unspacedDenial(text: string): Match | undefined {
  const [match] = text.matchAll(UNSPACED_DENIALS);
  return match && { text: match[0], begin: match.index, end: match.index + match[0].length };
}

const LEASTS = { HIGH: 1, CRITICAL: 2 } as const;

function rankOf({ weight, least }: Pick<FoundReason, 'weight' | 'least'>): number {
  return weight + (least === undefined ? 0 : 10 * LEASTS[least]);
}

/** Whether the reasons show danger, a break-in, a running loss of money, or an outage for several people. */
export function isStrong(reasons: readonly FoundReason[]): boolean {
  const has = (name: string) => reasons.some(({ reason }) => reason.reason === name);
  return reasons.some(({ weight }) => weight >= STRONG_WEIGHT) || (has('outage') && has('several_people'));
}

/** Whether a reason shows a serious problem, and not only that the author is in a hurry. */
export function isAlarming(reason: string): boolean {
  return ALARMING.has(reason);
}

/** All reasons that the rules can find. */
export const URGENCY_REASONS = [...new Set(RULES.map(({ reason }) => reason))];
