import { URGENCY_LEVELS, type Urgency, type UrgencyLevel } from '../analysis.ts';
import type { WordingFindings } from '../ports.ts';
import { clauseAt } from './scope.ts';
import { isAlarming, isStrong, type UrgencySigns } from './urgency-signs.ts';

/** The least probability of each level. They are low, because a false alarm costs less than a late answer. */
const THRESHOLDS = { medium: 0.5, high: 0.3, critical: 0.3 };
const THRESHOLDS_WITHOUT_REASONS = { high: 0.3, critical: 0.7 };
const THRESHOLDS_IF_OVER = { high: 0.7, critical: 0.9 };
/** In UTF-16 units. */
const SHORT_TEXT = 240;

/**
 * How urgent a text is, and why. CRITICAL: many people are affected, a person is in danger, an account was broken into,
 * or money is being stolen. HIGH: a person cannot continue, or has only hours left. MEDIUM: a problem. LOW: a question,
 * a wish, thanks. Anger does not raise the urgency.
 */
export function urgencyOf(
  text: string,
  { reasons, denial, isOver, isOnlyMentioned }: UrgencySigns,
  { urgency: { medium, high, critical }, evidence }: Pick<WordingFindings, 'urgency' | 'evidence'>,
): Urgency {
  const isPlain = denial === undefined && !isOver && isStrong(reasons);
  // In a short text the words of an alarm that is not a fact must not raise the level.
  const isTopic = isOnlyMentioned && text.length <= SHORT_TEXT;
  // Without a reason from the rules the thresholds are higher, and higher still if the problem is over.
  const least =
    reasons.length > 0 ? THRESHOLDS : isOver || isOnlyMentioned ? THRESHOLDS_IF_OVER : THRESHOLDS_WITHOUT_REASONS;
  const floor = denial === undefined && !isOver ? floorOf(reasons) : undefined;
  const isHigh = !isTopic && (high >= least.high || isPlain || floor !== undefined);
  const isBad = denial === undefined && !isOver && reasons.some(({ reason }) => isAlarming(reason.reason));
  const isCritical = isHigh && (critical >= least.critical || floor === 'CRITICAL');
  const level = isCritical ? 'CRITICAL' : isHigh ? 'HIGH' : medium >= THRESHOLDS.medium || isBad ? 'MEDIUM' : 'LOW';
  // The progress towards the next level; at CRITICAL its probability.
  const towards = {
    LOW: medium / THRESHOLDS.medium,
    MEDIUM: high / least.high,
    HIGH: critical / least.critical,
    CRITICAL: critical,
  }[level];
  const isUrgent = level === 'HIGH' || level === 'CRITICAL';
  const stated = reasons.map(({ reason }) => reason);
  return {
    level,
    score: scoreOf(level, towards),
    reasons: [
      ...stated,
      ...(isUrgent && stated.length === 0 && evidence !== undefined ? [wordingReason(text, evidence)] : []),
      ...(denial === undefined ? [] : [denial]),
    ],
  };
}

/**
 * The urgency of a text in a language that the rules do not support. Words of alarm show it; without them the level is
 * null, because the text was not understood.
 */
export function foreignUrgency({ reasons, denial, isOver }: UrgencySigns): Urgency {
  const stated = reasons.map(({ reason }) => reason);
  const all = denial === undefined ? stated : [...stated, denial];
  if (denial !== undefined || isOver || reasons.length === 0) return { level: null, score: 0, reasons: all };
  const level = stated.some(({ reason }) => isAlarming(reason)) ? (floorOf(reasons) ?? 'HIGH') : 'MEDIUM';
  return { level, score: scoreOf(level, 0.5), reasons: all };
}

/** The least level that the reasons give by themselves. A doubtful reason gives at most HIGH. */
function floorOf(reasons: UrgencySigns['reasons']): 'HIGH' | 'CRITICAL' | undefined {
  if (reasons.some(({ least, isDoubtful }) => least === 'CRITICAL' && !isDoubtful)) return 'CRITICAL';
  return reasons.some(({ least }) => least !== undefined) ? 'HIGH' : undefined;
}

function wordingReason(text: string, { begin, end }: NonNullable<WordingFindings['evidence']>): Urgency['reasons'][0] {
  const clause = clauseAt(text, begin, end);
  return { reason: 'wording', text: text.slice(clause.begin, clause.end), ...clause };
}

function scoreOf(level: UrgencyLevel, towards: number): number {
  const score = (URGENCY_LEVELS.indexOf(level) + Math.min(1, towards)) / URGENCY_LEVELS.length;
  return Math.round(score * 1e4) / 1e4;
}
