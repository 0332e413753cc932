import type { Analysis, Urgency } from '../analysis.ts';
import { cueSpans } from './category.ts';
import { wordPatterns } from './word-patterns.ts';

const TYPES = ['INCIDENT', 'SERVICE_REQUEST', 'QUESTION'] as const;
type Type = (typeof TYPES)[number];

interface Sign {
  readonly type: Type;
  readonly weight: number;
  readonly source: string;
}

const sign = (type: Type, weight: number, source: string): Sign => ({
  type,
  weight,
  source: `(?:${source})(?![\\p{L}\\d])`,
});

const CANNOT = "(?:can'?t|cannot|can not|can no longer|could ?n[o']?t|unable to|not able to|won'?t let (?:me|us))";
const DOES_NOT =
  "(?:does ?n[o']?t|do ?n[o']?t|did ?n[o']?t|won'?t|wo ?n[o']?t|will not|is ?n[o']?t|are ?n[o']?t|no longer|stopped|not)";
const ASKED =
  '(?:cancel|terminate|close|delete|remove|deactivate|activate|unsubscribe|change|update|correct|amend|edit|replace|reset|resend|send|add|create|set up|enable|disable|upgrade|downgrade|switch|move|transfer|extend|renew|pause|reschedule|rebook|register|invite|grant|give (?:me|us|him|her|them) access|unlock|issue|refund|reimburse|exchange|return|arrange|order|book|reserve|provide|merge|rename|increase|raise|lower|order)';
const THING = '(?:me|us|my|our|the|this|that|it|them|an?|his|her|their|all|both|another|new|one|\\d+|[\\p{Lu}\\p{L}]+)';

const SIGNS: readonly Sign[] = [
  sign(
    'INCIDENT',
    2,
    `${DOES_NOT} (?:(?:even|seem to|really|currently|be) )?(?:work(?:ing)?|load(?:ing)?|open(?:ing)?|start(?:ing)?|sync(?:ing|hroni[sz]ing)?|connect(?:ing)?|sav(?:e|ing)|play(?:ing)?|print(?:ing)?|respond(?:ing)?|updat(?:e|ing)|install(?:ing)?|boot(?:ing)?|turn(?:ing)? on|charging|recogni[sz]ed?)|(?:keeps?|kept|started|is|are|was|were) (?:crashing|freezing|disconnecting|dropping|failing|hanging|rebooting|restarting|timing out|buffering|flickering|glitching)|crash(?:es|ed)|freezes|froze|times out|timed out|(?:is|are|went|has been|have been|been) (?:down|offline|unreachable|broken|corrupted)|stack ?trace|blank (?:page|screen)|(?:black|white|blue) screen|error (?:code|message|\\d+)|(?:an?|the|this|same|internal|server) error (?:message|code|says|saying|appears|occurs|occurred|comes|pops|when|while|on|every|each|after)|(?:gets?|getting|got|gives?|giving|sees?|seeing|shows?|throws?|returns?|says) (?:me |us |only )?(?:an?|the|this|that|same) (?:\\p{L}+ )?error|errors? (?:when|while|on|after)|50[0234]|fails? (?:to|with|at|after|when|every)|failed (?:to|with)|outage|stuck (?:at|on|in)`,
  ),
  sign(
    'INCIDENT',
    1.5,
    `${CANNOT} (?:\\p{L}+ )?(?:log ?-?in|login|sign ?-?in|log ?-?on|access|open|load|connect|save|upload|download|print|pay|check ?out|use|see|reach|play|sync|install|update)|locked out|bugs?|glitch(?:es|y)?|malfunction(?:s|ing)?|no (?:internet|signal|power|electricity|hot water|water|heating|connection|sound|dial tone)|(?:heating|boiler|internet|router|modem|server|screen|phone line|line) (?:is|has|went|stopped|keeps)(?: \\p{L}+)? (?:dead|out|off|broken|stopped|failed)|leaking|regression|data loss`,
  ),
  sign(
    'INCIDENT',
    2,
    `(?:was|were|been|is|got|am|are) (?:hacked|breached|compromised|phished|hijacked|cloned)|unauthori[sz]ed|some(?:one|body)(?: else)? (?:\\p{L}+ ){0,2}(?:logged|accessed|used|changed)|ransomware|data (?:breach|leak)|(?:do|did)(?: not|n'?t) (?:recogni[sz]e|make|authori[sz]e) (?:this|these|that|the|a|any|it)`,
  ),
  sign(
    'SERVICE_REQUEST',
    2,
    `(?:please|pls|kindly)(?:,)? (?:can you |could you |would you |do |also |just )?${ASKED} ${THING}|(?:can|could|would|will) (?:you|someone|somebody|we|i)(?: guys)?(?: please| kindly| possibly)? (?:please )?${ASKED} ${THING}|(?:i|we)(?:'d| would)? (?:\\p{L}+ly )?(?:want|wish|need|like|request|have decided|decided|ask you|am writing|are writing)(?: you)? to ${ASKED}|(?:i|we)(?:'d| would)? (?:want|need|like|request) (?:an?|the|my|our|some|another) (?:\\p{L}+ )?(?:refund|replacement|upgrade|copy|invoice|licen[cs]e|account|quote|appointment|access|extension|receipt|certificate|technician)|(?:i|we) (?:hereby|would hereby) ${ASKED}|(?:cancellation|change|refund|upgrade|access|deletion|data) request|request(?:ing)? (?:an?|the|my|for|access)`,
  ),
  sign(
    'SERVICE_REQUEST',
    2,
    `feature request|(?:it )?would be (?:\\p{L}+ )?(?:great|nice|good|helpful|useful|handy|lovely|cool|brilliant|amazing) (?:if|to)|(?:please|could you|can you|would you) (?:please )?(?:add|support|implement|introduce|consider|bring back|offer)|i(?:'d| would) love (?:to (?:see|be able)|an?|if)|i wish (?:you|there|i could|the|it)`,
  ),
  sign(
    'QUESTION',
    2,
    "how (?:do|can|should|would|does|might|could) (?:i|we|one|you|it|this|the)|how (?:long|much|many|often|late|early|soon|far)|how to|where (?:do|can|could|would|should) (?:i|we|one)|what(?:'s| is| are) (?:the|your|a|an|meant|included)[^.!?\\n]{0,80}\\?|what (?:does|do|happens|time|kind|sort|documents?)|which (?:\\p{L}+ ){0,2}(?:do|does|should|is|are|would|can) [^.!?\\n]{0,80}\\?|is (?:it|there) (?:possible|a way|any way|an?)|when (?:do|does|will|can|is|are) (?:i|you|we|the|my|it|your)|(?:can|could) (?:you|someone|anyone) (?:please )?(?:tell|explain|clarify|confirm|advise|let (?:me|us) know)|do(?:es)? (?:i|you|we|your|the) (?:\\p{L}+ ){0,3}(?:need|have|offer|accept|support|sell|ship|include|work with|cover|deliver|provide|apply)|can (?:i|we) (?:\\p{L}+ ){0,6}[^.!?\\n]{0,60}\\?|(?:quick|general|one|a) question|(?:i|we)(?:'m| am|'re| are| was| were)? (?:just )?(?:wondering|curious)|(?:i|we)(?:'d| would) like to (?:know|ask|understand|find out)|instructions? (?:for|on|to)",
  ),
];

const search = wordPatterns(SIGNS.map(({ source }) => source));

/** The type, and its weight, that a likely default category adds. */
const BY_CATEGORY: Readonly<Record<string, readonly [Type, number]>> = {
  'technical-problem': ['INCIDENT', 1],
  'feature-request': ['SERVICE_REQUEST', 1],
  cancellation: ['SERVICE_REQUEST', 0.75],
  'how-to': ['QUESTION', 1],
};
const LIKELY = 0.5;
/** From this score on, the category `technical-problem` alone makes a ticket an INCIDENT. */
const CERTAIN = 0.9;
/** The urgency reasons that show that an incident happened. */
const HAPPENED = new Set(['outage', 'safety', 'security']);
/** Added to the sum of all weights, so that a single weak sign gives only a low confidence. */
const DOUBT = 0.75;
/** A type needs at least this weight: one strong sign is enough. */
const LEAST_WEIGHT = 2;

export interface FoundType {
  readonly type: Type;
  readonly confidence: number;
  readonly spans: readonly { readonly begin: number; readonly end: number }[];
}

/**
 * Finds the type of a ticket. INCIDENT: something is broken, or was broken into. SERVICE_REQUEST: the customer wants a
 * change or a new feature. QUESTION: the customer asks for information. Undefined if the words speak for no type; with
 * a low confidence if they speak for two.
 */
export function typeOf(
  text: string,
  { name, score }: Analysis['category'],
  { level, reasons }: Urgency,
): FoundType | undefined {
  // Feedback may mention an outage that is over, for example to say thanks.
  if (name === 'feedback' && score >= LIKELY) return undefined;
  const weights: Record<Type, number> = { INCIDENT: 0, SERVICE_REQUEST: 0, QUESTION: 0 };
  const spans: Record<Type, { begin: number; end: number }[]> = { INCIDENT: [], SERVICE_REQUEST: [], QUESTION: [] };
  search(text, (index, { begin, end }) => {
    const { type, weight } = SIGNS[index] as Sign;
    weights[type] += weight;
    spans[type].push({ begin, end });
    return false;
  });
  const [type, weight] = (score >= LIKELY ? BY_CATEGORY[name ?? ''] : undefined) ?? ['QUESTION', 0];
  weights[type] += weight;
  if (name === 'technical-problem' && score >= CERTAIN) {
    weights.INCIDENT += 1;
    if (spans.INCIDENT.length === 0) spans.INCIDENT.push(...cueSpans(text, name));
  }
  if (reasons.some(({ reason }) => HAPPENED.has(reason))) weights.INCIDENT += 1;
  const best = TYPES.reduce((most, one) => (weights[one] > weights[most] ? one : most));
  if (weights[best] < LEAST_WEIGHT || spans[best].length === 0) return undefined;
  // An urgent question is often about a problem, for example how to get out of a locked room, so it is not only a
  // question.
  if (best === 'QUESTION' && (level === 'HIGH' || level === 'CRITICAL')) return undefined;
  const all = TYPES.reduce((sum, one) => sum + weights[one], DOUBT);
  return { type: best, confidence: Math.round((weights[best] / all) * 100) / 100, spans: spans[best] };
}
