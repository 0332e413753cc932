import { wordPatterns } from './word-patterns.ts';

/** The categories for tickets of an organization that does not use its own category names. */
export const DEFAULT_CATEGORIES = [
  'account-access',
  'billing',
  'cancellation',
  'delivery',
  'feature-request',
  'feedback',
  'how-to',
  'order',
  'refund',
  'security',
  'technical-problem',
] as const;
export type DefaultCategory = (typeof DEFAULT_CATEGORIES)[number];

interface Cue {
  readonly category: DefaultCategory;
  readonly weight: number;
  readonly source: string;
}

const cue = (category: DefaultCategory, weight: number, source: string): Cue => ({
  category,
  weight,
  source: `(?:${source})(?![\\p{L}\\d])`,
});

const CANNOT =
  "(?:can'?t|cannot|can not|could ?n[o']?t|unable to|not able to|wo n?'?t|won'?t|does ?n'?o?t|did ?n'?o?t|do ?n'?o?t|is ?n'?o?t|never)";

const CUES: readonly Cue[] = [
  cue(
    'account-access',
    2.5,
    `${CANNOT} (?:\\p{L}+ )?(?:log ?-?in|login|sign ?-?in|log ?-?on|access (?:my|our|the|his|her) (?:account|profile|inbox|mailbox|workspace))|locked out|(?:reset|forgot(?:ten)?|forget|change|lost|expired|new) (?:my |the |your )?(?:pass ?word|passcode|pin|username|user ?id|login)|pass ?word|log ?-?in (?:page|code|details|problem|issue|fails|link)|(?:verification|security|one-time|2fa|mfa|otp|sms|login|access|confirmation) codes?|two-factor|2fa|mfa|authenticator|sso|single sign-on|account (?:is |was |has been |got )?(?:locked|disabled|suspended|blocked|deactivated|closed)|recovery (?:codes?|email|key)`,
  ),
  cue(
    'account-access',
    1.2,
    `log(?:ging)? ?-?in|sign(?:ing)? ?-?in|log ?-?on|login|credentials|username|my account|unlock|access (?:to|rights|denied)|permissions?|invite|(?:update|change|correct|edit) (?:my |the |our )?(?:profile|email address|e-?mail|phone number|surname|last name|name|address|account details)|register(?:ed|ing)?|registration|sign(?:ing)? ?-?up|delete my account|account`,
  ),
  cue(
    'billing',
    2.4,
    `(?:over|double|mis|wrongly )?-?(?:charged|charging|billed|billing)|invoices?|bills?|direct debit|credit note|vat|tax (?:id|number|rate)|receipts?|statement|payment (?:method|failed|declined|due|plan|reminder|details)|(?:card|payment) (?:was |is |got |has been )?(?:declined|rejected|refused)|price (?:increase|hike|rise|went|change)|pro-?rat\\p{L}+|late fee|fees?|surcharge|tariff|meter reading|subscription (?:fee|price|cost|renewed)|renewal price|auto-?renew(?:ed|al)?|debited|deducted|standing order|overdraft|premium (?:went|increase|rise)|purchase order|po number|cost cent(?:er|re)`,
  ),
  cue(
    'billing',
    1,
    `charges?|payments?|pay(?:ing)?|paid|prices?|pricing|costs?|discount|coupon|voucher|promo(?: code)?|gift card|credit card|debit card|paypal|iban|bank transfer|[$€£] ?\\d|\\d ?(?:€|\\$|£|eur|usd|gbp|euros?|dollars?|pounds?)|money|transfer|interest|premium|deposit|balance`,
  ),
  cue(
    'refund',
    3,
    `refund(?:s|ed|ing)?|money back|reimburse(?:d|ment)?|chargeback|compensation|compensate|give (?:me|us) (?:my|our) money|pay (?:me|us) back|credit(?:ed)? back|store credit`,
  ),
  cue(
    'refund',
    0.8,
    `return(?:s|ed|ing)?(?: label)?|send (?:it|them|this) back|sent (?:it|them) back|exchange|warranty|claim`,
  ),
  cue(
    'cancellation',
    3,
    `cancel(?:l?ing|lation)? (?:my|our|the|this|it|an?|his|her|anything|future|auto)|(?:want|like|wish|need|how|trying|tried|asked|request(?:ed)?|decided)${'[^.!?\\n]{0,25}?'}(?:to )?(?:cancel|terminate|unsubscribe|quit|opt out|close (?:my|our|the) account)|terminat(?:e|ion) (?:my|our|the|of)|unsubscribe|end (?:my|our|the) (?:subscription|contract|membership|policy|plan)|close (?:my|our|the) account|notice period|cancellation (?:policy|fee|form|request|confirmation)|stop (?:my|our|the) (?:subscription|membership|policy)|delete my account|not (?:want(?:ing)? to )?renew|(?:pause|suspend) (?:my|our|the) (?:subscription|membership|account|box)`,
  ),
  cue('cancellation', 1, `cancel(?:l?ed|l?ing|lation)?|terminate|contract ends?|resign`),
  cue(
    'delivery',
    2.5,
    `deliver(?:y|ies|ed|ing|s)?|courier|parcels?|packages?|shipment|shipp(?:ing|ed)|ship(?:s)?|dispatch(?:ed)?|track(?:ing)? (?:number|link|page|says|info\\p{L}*|shows|code|my)|tracking|in transit|left (?:it |with |at |in |on )(?:the |my |a )?(?:neighbou?r|porch|rain|door|bins?|doorstep|safe place)|customs|out for delivery|postman|driver (?:left|threw|never|didn'?t|said|marked)|missing (?:parcel|package|item)|${CANNOT} (?:\\p{L}+ ){0,2}(?:arriv(?:e|ed)|turn(?:ed)? up|show(?:ed)? up)|where(?:'?s| is) my (?:order|parcel|package|stuff|delivery|food)|lost (?:luggage|bag|baggage|suitcase|parcel|package)|luggage|baggage|suitcase`,
  ),
  cue('delivery', 1, `arriv(?:e|ed|es|ing)|van|depot|pick-?up point|locker|eta|address|arrival|doorstep`),
  cue(
    'order',
    2,
    `(?:wrong|different|incorrect|missing) (?:item|items|size|colou?r|product|model|part|order|shade|book|version)|(?:place|placed|change|modify|amend|edit|add to|update|confirm|my|new|bulk) (?:an? |my |the |our )?orders?|order (?:number|no|confirmation|status|form|id|#)|out of stock|in stock|back ?order(?:ed)?|pre-?order(?:ed)?|sold out|availability|basket|shopping cart|checkout|spare parts?|quote|bulk|wholesale|sizes?|booking|reservation|rebook|seats?|reschedul\\p{L}+|tickets? for|book(?:ed)? (?:a|an|the|two|\\d+)|damaged|broken on arrival|smashed|dented|scratched|torn|arrived (?:broken|cracked|damaged|open|empty)`,
  ),
  cue('order', 0.8, `order(?:ed|ing|s)?|purchas(?:e|ed)|bought|items?|product|flight|menu|replacement`),
  cue(
    'feature-request',
    3,
    `feature request|(?:would|it'd|it would|that would) be (?:\\p{L}+ )?(?:great|nice|good|helpful|useful|handy|lovely|cool|brilliant|amazing)|(?:please |could you |can you |would you )?(?:add|support|implement|introduce|consider|bring back|offer) (?:an? |the |some |more )?(?:option|support|feature|button|setting|dark mode|filter|export|integration|shortcut|way|field|ability|toggle|api|webhook|view|sort)|any plans|on (?:the|your) roadmap|roadmap|suggestion|feature|wish ?list|i(?:'d| would) love (?:to (?:see|be able)|an?|if)|i wish|dark mode|would (?:really )?(?:like|love) (?:to see|an option|a way|the option|it if)|missing (?:an? )?(?:option|feature|setting|filter)|any chance (?:of|you|we|to)|enhancement|idea`,
  ),
  cue(
    'feedback',
    2.5,
    `thank(?:s| you) (?:so much|very much|a lot|a million|to|for (?:the|your|being|everything|fixing|sorting|helping))|great (?:service|job|work|experience|team|support|staff)|well done|kudos|shout ?out|hats off|props to|compliments?|praise|made my (?:day|week)|keep (?:it up|up)|love (?:the|your|it|this|how)|feedback|review|survey|stars|(?:poor|terrible|awful|appalling|rude|worst|horrible|shocking|disgraceful|excellent|amazing|fantastic|brilliant|outstanding|wonderful|lovely|friendly) (?:customer )?(?:service|staff|support|agent|experience|driver|crew|attitude|team|app)|rude(?:ness)?|attitude|unprofessional|disappoint(?:ed|ing|ment)|complain(?:t|ing)?|customer service|impressed|staff|on hold`,
  ),
  cue(
    'how-to',
    2.2,
    `how (?:do|can|would|should|to|does|long|often|much|many|late|early)|where (?:do|can|is|are|would) (?:i|we|the|it|you|to)|is (?:it|there) (?:possible|a way|any way|an?)|what(?:'s| is| are| does| do| happens| time| kind| documents?)|which (?:\\p{L}+ )?(?:plan|one|form|option|size|version|documents?|is|do|should)|can (?:i|we|you|one) |could (?:you|someone) (?:explain|tell|show|walk)|do (?:i|you|we) (?:need|have|offer|accept|support|sell|ship)|does (?:the|your|it|this)|when (?:do|does|will|is|are|can)|instructions?|manual|documentation|guide|tutorial|step[- ]by[- ]step|set(?:ting)? ?up|configure|wondering|question|opening (?:hours|times)`,
  ),
  cue(
    'security',
    3,
    `hack(?:ed|er|ers|ing)?|phish(?:ing|ed)?|fraud(?:ulent)?|scam(?:med|mer|mers)?|unauthori[sz]ed|breach|compromised|suspicious|stolen|identity theft|malware|ransomware|virus|vulnerability|leak(?:ed|s)? (?:data|passwords?|credentials|keys?|emails?)|data leak|personal data|gdpr|privacy|(?:delete|erase|export|send me) (?:all )?(?:of )?my (?:personal )?data|someone (?:else )?(?:\\p{L}+ ){0,2}(?:logged|logging|accessed|accessing|using|used|changed|in my|my)|(?:did(?:n'?t| not)|never) (?:make|made|authori[sz]e|approve|place|request(?:ed)?) (?:this|these|that|those|it|any|the|a)|not me|do(?:n'?t| not) recogni[sz]e|strange (?:login|log-in|email|e-mail|device|transaction|charge)|unknown (?:device|login|transaction|location)|other (?:people|customers?|users?|patients?)(?:'s|s'|') (?:data|records|orders|names|details|emails?|invoices?)|block (?:my|the|this) card|lost my (?:card|phone|wallet|laptop)|sim[- ]?swap|encrypt(?:ed|ion)|api key`,
  ),
  cue(
    'technical-problem',
    2.3,
    `crash(?:es|ed|ing)?|freez(?:e|es|ing)|froze(?:n)?|bugs?|buggy|glitch(?:es|y)?|errors?|error (?:code|message)|not working|stopped working|stops working|does(?:n'?t| not) (?:work|load|open|start|sync|connect|save|play|print|respond|update|show|display|charge|turn|recogni[sz]e)|won'?t (?:work|load|open|start|sync|connect|save|play|print|respond|update|install|turn|charge|boot|let)|outage|(?:is|are|went|been|keeps going) (?:down|offline)|timeouts?|times? out|timed out|lag(?:s|gy|ging)?|slow|buffer(?:s|ing)?|disconnect(?:s|ed|ing)?|drops?|blank (?:page|screen)|black screen|white screen|spinn(?:ing|er)|50[0234]|40[0134]|stack ?trace|exception|regression|latency|packet loss|sync(?:s|ing)?|firmware|driver|printer|router|modem|wi-?fi|vpn|bluetooth|signal|broadband|internet|screen|battery|keyboard|server|api|webhook|database|plugin|browser|chrome|safari|firefox|android|ios|iphone|windows|mac(?:os|book)?|laptop|update|upgrade|install(?:ed|ation|ing)?|fails? (?:to|with|at|after|when)|broken|corrupt(?:ed)?|upload(?:s|ed|ing)?|download(?:s|ed|ing)?|export(?:s|ed|ing)?|import(?:s|ed|ing)?|heating|boiler|power|voltage|sensor|leak(?:ing|s)?|faulty|defective`,
  ),
];

/** A cue counts at most this many different words. */
const MOST_KINDS = 3;
const search = wordPatterns(CUES.map(({ source }) => source));

/** The weight of each default category in a text. Several different words of one cue raise its weight a little. */
export function categoryCues(text: string): Map<DefaultCategory, number> {
  const kinds = new Map<number, Set<string>>();
  search(text, (cue, match) => {
    const seen = kinds.get(cue) ?? new Set();
    kinds.set(cue, seen.add(match.text.toLowerCase()));
    return seen.size < MOST_KINDS;
  });
  const found = new Map<DefaultCategory, number>();
  for (const [index, { category, weight }] of CUES.entries()) {
    const seen = kinds.get(index)?.size ?? 0;
    if (seen === 0) continue;
    found.set(category, (found.get(category) ?? 0) + weight * (1 + 0.35 * (seen - 1)));
  }
  return found;
}

/** The places of a category's cues in a text: the first match of each cue. */
export function cueSpans(text: string, of: string | null): { begin: number; end: number }[] {
  const spans: { begin: number; end: number }[] = [];
  if (of === null) return spans;
  search(text, (cue, { begin, end }) => {
    if (CUES[cue]?.category === of) spans.push({ begin, end });
    return false;
  });
  return spans.sort((one, other) => one.begin - other.begin);
}
