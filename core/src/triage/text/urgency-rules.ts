export interface Rule {
  readonly reason: string;
  /** A rule with a weight of 2 or more makes a text HIGH by itself. All weights are combined with the wording. */
  readonly weight: number;
  readonly source: string;
  /** The least level of a text that states this as a fact. */
  readonly least?: 'HIGH' | 'CRITICAL';
}

// The gap between two parts of a pattern: up to 40 characters of the same sentence. The limit keeps the time linear.
const GAP = '[^.!?\\n]{0,40}?';
export const rule = (reason: string, weight: number, source: string, least?: Rule['least']): Rule => ({
  reason,
  weight,
  source: `(?:${source})(?![\\p{L}\\d])`,
  ...(least === undefined ? {} : { least }),
});

const CANNOT = "(?:can'?t|cannot|can not|could ?n[o']?t|unable to|not able to|wo n?'?t|won'?t)";
const EVERYBODY =
  '(?:everyone|everybody|all (?:of us|of our|our|my|the|users?|staff|customers?|employees|(?:our |my |the )?(?:sites|offices|terminals|tills|stores|shops|branches|servers|machines|phones|screens|lines))|(?:the |our |my )?(?:whole|entire) (?:team|office|company|department|floor|building|school|class|site|store|ward|warehouse|business|street|neighbou?rhood|block|area|town|region|household|family|organi[sz]ation)|(?:our|the) (?:customers|clients|users|patients|students|staff|employees|drivers|agents|guests)|(?:\\d+|several|many|multiple|dozens of|hundreds of|thousands of|a lot of) (?:\\p{L}+ )?(?:users|people|customers|employees|colleagues|staff|students|patients|passengers|families|drivers|agents|clients|accounts|sites|stores|machines|households))';
/** "Nobody can log in" is as urgent as "everybody is locked out", but "nobody is hurt" is not urgent. */
const NOBODY = '(?:(?:nobody|no ?one)(?! else)|none of (?:us|our|the|my))';
// Excludes phrases such as "nobody can help me", which say nothing about a failure.
const CAN = '(?:can|could|is able|are able)(?! (?:to )?(?:help|tell|explain|answer|say|give|seem|confirm|be reached))';
const SERVICE =
  '(?:site|website|web ?shop|shop|app|api|apis|system|systems|server|servers|production|prod|database|db|network|internet|wi-?fi|broadband|vpn|service|services|platform|portal|checkout|payments?|payment (?:gateway|terminal|system)|card (?:terminal|machine|reader)s?|tills?|phones?|phone lines?|e-?mail|login|sso|power|electricity|gas|water|heating|signal|dashboard|cluster|store|registers?|booking system|everything|lines?)';
const SOON =
  '(?:today|tonight|this (?:morning|afternoon|evening)|tomorrow(?: (?:morning|afternoon|evening|night|at \\d+\\S*))?|(?:in|within) (?:(?:the )?(?:next )?)?(?:an?|one|two|three|four|five|six|\\d+|a few|a couple of|half an?|under an?|less than an?|less than two|the) ?(?:hours?|hrs?|h|minutes?|mins?|hour)|within the hour|noon|midnight|eod|end of (?:the )?(?:day|business)|close of business|cob|\\d{1,2}(?:[:.]\\d{2})? ?(?:am|pm|a\\.m\\.|p\\.m\\.|o.?clock)|(?:first thing|early) (?:tomorrow|in the morning))';

/** The rules for English texts. */
export const ENGLISH_RULES: readonly Rule[] = [
  rule(
    'outage',
    1.6,
    `${SERVICE} (?:(?:has|have) (?:all )?stopped|(?:page |site |room )?(?:(?:is|are|has been|have been|went|has gone|have gone|just went|keeps? going|been|seems?|appears?)(?: \\p{L}+){0,2} )?(?:down|offline|unreachable|dead)(?: (?:for|across|in|at|since|again|everywhere|worldwide|completely))?(?: ${EVERYBODY})?)`,
  ),
  rule(
    'outage',
    2,
    `(?:total|complete|full|major|nationwide|company-?wide|site-?wide|system-?wide|regional|massive|global) (?:outage|blackout|failure|loss of service|service disruption)|(?:production|prod) (?:outage|incident|is (?:\\p{L}+ )?(?:down|broken|failing|dead|offline)|down)|p[01]|sev ?-?[01]|data loss|losing data|(?:db|database|data|backups?) (?:is|was|were|are|has been|have been|got) (?:deleted|wiped|lost|gone|corrupted)|no backups?|(?:deleted|wiped|lost) (?:the|our|all) (?:production|database|data|backups?)`,
  ),
  rule(
    'outage',
    1.2,
    `outage|blackout|power cut|no (?:internet|power|electricity|water|heating|heat|signal|service|hot water|dial tone)|(?:internet|power|electricity|water|heating|gas|signal|boiler) (?:is|has been|went|been|just went|has gone|keeps going)(?: \\p{L}+)? (?:off|out|cut|gone|down)|(?:50[0234]|5xx) (?:errors?|on every|for every|across)`,
  ),
  rule(
    'several_people',
    2,
    `no (?:customers?|users?|clients?|guests?|patients?|students?|colleagues?|staff|agents?) (?:can|is able|are able)|${NOBODY}${GAP}(?:${CAN}|has (?:access|power|internet|water|been paid)|(?:works|gets) )|${EVERYBODY}${GAP}(?:${CANNOT}|(?:has|have) stopped|locked out|is down|are down|stuck|blocked|affected|without (?:power|water|access|internet)|lost access|logged out|get(?:ting)? (?:an )?errors?|idle|stranded|sent home|unpaid|not (?:been )?paid|no (?:access|pay|power|internet))`,
  ),
  rule(
    'several_people',
    1,
    `(?:affect(?:s|ing|ed)?|block(?:s|ing|ed)?|hit(?:s|ting)?|stops?|stopping) ${EVERYBODY}|(?:down|broken|not working|unavailable|offline|lost access) for ${EVERYBODY}|${EVERYBODY} (?:is|are) (?:waiting|stuck|affected)`,
  ),
  // Danger to life.
  rule(
    'safety',
    2,
    `(?:house|home|kitchen|phone|battery|charger|car|building|office|laptop|oven|socket|machine|it|unit|device|router|adapter|plug|cable|scooter|bike|flat|apartment|room|bed|sofa)(?: is| was|'?s| has)?(?: caught| on) fire|caught fire|fire (?:in|at) (?:the|our|my)|(?:smoke|sparks?|flames?) (?:from|coming|out of|is coming|in the|everywhere)|(?:is|are) (?:smoking|sparking)(?! (?:allowed|permitted|area|room|ban|prohibited|forbidden|deals?))|started (?:smoking|sparking)|burning smell|smell(?:s|ing)? (?:of |like )?(?:gas|burning|smoke)|(?:strong )?gas smell|(?:smell|odou?r) of gas|gas (?:is |keeps )?leak(?:s|ing)?|carbon monoxide|(?:co|co2|gas|smoke|fire|monoxide) (?:detectors?|alarms?)(?: \\p{L}+){0,3} (?:beep(?:s|ing)|going off|went off|goes off|ringing|rings|sounding|triggered)|electric(?:al)? shock|electrocuted|explod(?:ed|es|ing)|explosion|(?:is|are|am) bleeding|bleeding (?:badly|heavily|and)|ambulance|unconscious|not breathing|(?:can'?t|cannot) breathe|heart attack|chest pains?|having a stroke|overdosed?|choking|allergic reaction|anaphyla\\p{L}+|suicid\\p{L}+|self-?harm|kill (?:myself|himself|herself|themselves)|(?:end|take) (?:my|his|her) (?:own )?life|(?:do(?:n'?t| not)|no longer) (?:want|wish) to (?:live(?! (?:in|at|with|near|next|on|here|there|like))|be alive|wake up)|(?:i|i just|i only) want(?:ed)? to die|wanna die|wish i (?:was|were) dead|better off dead|no reason to live|(?:hurt|harm)(?:ing)? myself|jump off (?:a|the) (?:bridge|roof|building)|life[- ](?:threatening|or[- ]death)|trapped(?! (?:in (?:a |this |your |the )?(?:contract|loop|queue|menu|subscription|chat|phone menu)|by your))|wrong blood (?:type|group|bag)|medical emergency`,
    'CRITICAL',
  ),
  rule(
    'safety',
    2,
    `(?:was|were) (?:smoking|sparking)|exposed (?:wires?|cables?)|live (?:wire|cable)|(?:battery|charger|phone|it|laptop)(?: \\p{L}+){0,2} (?:swollen|swelling|melting|melted|overheat(?:s|ed|ing)|burn(?:s|ed|t|ing))|swollen battery|injur(?:ed|y|ies)|epi-?pen|insulin|oxygen|ventilator|dialysis|threaten(?:ed|ing|s)?|stalk(?:ed|er|ing)|unsafe|dangerous|danger|hazard|brakes?(?: [\\p{L}']+){0,6}? (?:failed|fail|gone|don'?t|doesn'?t|do not|does not|not|stopped)|life[- ]saving|(?:child|kid|baby|toddler|son|daughter|mother|father|grandmother|patient)${GAP}(?:alone|missing|at risk|hospital|freezing|without (?:medication|medicine|heating|food|oxygen))|(?:is|are|was|has|have|got|been|basement|cellar|kitchen|flat|apartment|house|office|room|floor) flood(?:ed|ing)|burst pipe|water (?:is )?(?:pouring|coming|gushing|leaking) (?:in|through|from|out|into)|wrong (?:dose|dosage|medication|medicine|patient)|poison\\p{L}*`,
  ),
  // Somebody else is in an account.
  rule(
    'security',
    2,
    `(?:account|profile|mailbox|e-?mail|wallet|instagram|page|website|site|server|system|pc|computer|phone)(?: \\p{L}+)?(?:(?: (?:is|was|were|has|have|got|been|being|just|now))*) (?:hacked|hijacked|taken over|breached)|(?:i|we)(?: (?:was|were|am|are|have|got|been|just|'ve))+ hacked|(?:hackers?|attackers?|intruders?)(?: (?:is|are|has|have|got|now|just|still|currently))* (?:in|inside|into|access|control|logged|took|chang(?:ed|ing)|transferr?(?:ed|ing)|stole|stealing|empt(?:ied|ying))|account takeover|(?:took|taken|taking) over (?:my|our|his|her) (?:\\p{L}+ )?(?:account|profile|page|e-?mail|number|wallet)|sim[- ]?swap(?:ped)?|(?:some(?:one|body)|stranger|hackers?|thief|thieves)(?: else)?(?: (?:is|are|has|have|was|just|still|again|currently|now|keeps|got))* (?:(?:log(?:ged|ging)|sign(?:ed|ing)) in(?:to)?|(?:chang(?:ed|ing)|reset) (?:my|the|our)|transferr?(?:ed|ing)|withdr(?:ew|awing)|spending|empt(?:ied|ying)|into my|in my account|access(?:ed|ing)? (?:to )?my)`,
    'CRITICAL',
  ),
  // Ransom, and data of or for another person.
  rule(
    'security',
    2,
    `ransom(?:ware| note| demand)?|(?:pay|paying|demand(?:s|ed|ing)?)${GAP}(?:bitcoins?|btc|crypto)(?= [^.!?\\n]{0,30}(?:or|decrypt|unlock|files|back))|(?:all )?(?:our|my|the) (?:files|servers?|computers?|drives?|data) (?:are|is|were|was|have been|has been|got) (?:all )?encrypted by|(?:sent|e-?mailed|mailed|forwarded|disclosed|shared|cc'?d)${GAP}(?:to |with )?(?:the |a )?wrong (?:person|recipients?|customer|client|patient|people|e-?mail(?: address)?|mailing list|company)|(?:got|received|receive|receiving|sent me|see|seeing|shows?|showing|given|have|opened|contains?|displays?)(?: me| us)? (?:\\p{L}+ ){0,3}?(?:someone|somebody) else(?:'s|s) (?:\\p{L}+ )?(?:data|details|invoices?|statements?|records?|documents?|files?|results?|medical|bills?|letters?|contract|account|orders?|address|name|messages?|passport|prescription)|(?:another|other|a different|different|the wrong) (?:customer|user|patient|client|person|employee|member|tenant|people|student|passenger)(?:'s|s'|s)?'? (?:\\p{L}+ )?(?:data|details|invoices?|statements?|records?|documents?|files?|results?|bills?|letters?|contracts?|accounts?|inbox|messages?|passport|prescription|names?|addresses|salary|salaries|payslips?)|(?:logged|signed) in as (?:someone|somebody|another|a different|a stranger)|(?:data|details|records|documents|invoices|names|passports|addresses|files) of (?:other|another|all|all other|hundreds of|our other) (?:customers?|users?|patients?|clients?|people|employees|members|students|tenants|guests)`,
    'HIGH',
  ),
  rule(
    'security',
    2,
    `(?:is|are|being|been|getting|got|was|were|have been|has been) (?:hacked|breached|compromised|phished|hijacked|cloned|skimmed)|(?:got|been|was|were|am|is|are|account|we'?ve been) hacked|hackers?|malware|data (?:breach|leak)|security (?:breach|incident|hole|flaw|vulnerability)|vulnerability|(?:data|passwords?|credentials|keys?|tokens?|addresses|e-?mails|records|details) (?:\\p{L}+ ){0,3}(?:leaked|exposed)|leaked (?:data|passwords?|credentials|keys?|tokens?|e-?mails|records|details)|exposed (?:publicly|online)|(?:api|secret|access|private) (?:keys?|tokens?) (?:\\p{L}+ ){0,3}(?:public|pushed|committed|posted|github|leaked|exposed)|(?:typed|entered|gave|put|submitted|filled|shared|sent)${GAP}(?:passwords?|pin|pins|card|credentials|details|login)${GAP}(?:phishing|fake|scam|fraudulent|bogus|spoofed)|(?:clicked|opened)(?: on)? (?:a|the|an?other) (?:phishing|malicious|scam) (?:link|mail|e-?mail|attachment)|fell for (?:a|the|this) (?:phishing|scam)|identity theft|account takeover|sim[- ]?swap(?:ped)?|(?:some(?:one|body)|stranger|another (?:user|person|customer)|hackers?|thief|thieves)(?: else)?${GAP}(?:log(?:ged|ging) in(?:to)?|access(?:ed|ing)?|us(?:ed|ing) my|chang(?:ed|ing) (?:my|the|our)|transferr?(?:ed|ing)|withdr(?:ew|awing)|spending|bought|ordering|into my|in my account)|(?:can|could) see (?:other|another|someone|somebody|everyone)(?: else)?(?:'s|s')? (?:people|persons?|customers?|users?|patients?|clients?|members?|accounts?|data|orders?|records?|invoices?|names?|messages?|tickets?|details|profile|inbox|balance)`,
  ),
  rule(
    'security',
    1.3,
    `fraud(?:ulent|sters?)?|scamm(?:ed|er|ers)|phishing|stolen|theft|pickpocket(?:ed)?|robbed|unauthori[sz]ed|suspicious (?:login|log-in|sign-?in|activity|transactions?|charges?|payments?|emails?|e-?mails?)|(?:login|sign-?in|transactions?|charges?|payments?|purchases?|withdrawals?|transfers?|orders?) (?:that |which )?(?:i|we) (?:did(?:n'?t| not)|do(?:n'?t| not)|never) (?:make|made|recogni[sz]e|authori[sz]e|approve|place|do|know)|(?:did(?:n'?t| not)|never) (?:make|made|authori[sz]e|approve|place) (?:this|these|that|those|it|any|the)|(?:do(?:n'?t| not)) recogni[sz]e|not (?:me|mine|my (?:transaction|purchase|login))|block (?:my|the|this) (?:card|account|sim)|freeze (?:my|the|this) (?:card|account)|lost my (?:card|wallet|phone|bank card|debit card|credit card|passport)|card (?:was |got |has been |been )?(?:stolen|lost|cloned|swallowed)|api keys? (?:was |were |got |is )?(?:leaked|exposed|public|committed|pushed)`,
  ),
  rule(
    'money_moving',
    2,
    `money (?:is|keeps|are)(?: \\p{L}+){0,2} (?:leaving|disappearing|going|moving|draining|gone|vanishing|flowing)|(?:keeps?|still|being|continues? to|continuously|repeatedly) (?:being )?(?:charg(?:ed|ing|e)|debit(?:ed|ing)|withdraw(?:n|ing)|tak(?:en|ing) (?:money|payments?))|(?:charge|charging|charged) (?:us |me )?(?:every|per) (?:minute|hour|few)|every (?:minute|hour|few minutes)${GAP}(?:charge|payment|debit|withdraw)|(?:drain(?:ed|ing)|empt(?:ied|ying)|clean(?:ed|ing) out) (?:my|our|his|her|the (?:account|card|wallet|savings))(?! (?:\\p{L}+'?s? )?(?:batter\\p{L}+|bins?|recycling|trash|cart|cache|basket|mailbox|inbox|pipes?))|(?:wrong|someone else'?s|another) (?:account|iban|recipient|person|beneficiary)${GAP}(?:transfer|sent|paid|stop|recall)|(?:sent|transferred|paid)${GAP}(?:to the )?wrong (?:account|iban|person|recipient|bank|wallet)|stop (?:the|this|that|a|my) (?:payment|transfer|transaction|wire|payout|cheque|check)|(?:losing|lose|costing us|costs us|lost)(?: \\p{L}+){0,3} (?:sales|orders|revenue|money|business|customers|thousands|hundreds|bookings)|(?:losing|lose|lost|costs? us|costing us)${GAP}(?:[$€£]|usd|eur)? ?\\d[\\d,.]* ?k? ?(?:[$€£]|usd|eur|euros?|dollars?|pounds?)? (?:an?|per|every) (?:hour|minute|day)`,
  ),
  rule(
    'deadline',
    1,
    `(?:by|before|until|till|due|no later than|latest|needed|need(?:s|ed)? (?:it|this|that|them|to|the|a|an|my|your|our|\\p{L}+)${GAP}|must${GAP}|have to${GAP}|has to${GAP}|leav(?:es?|ing)|depart(?:s|ing)?|board(?:s|ing)|takes? off|fl(?:y|ies|ying)|flight${GAP}|train${GAP}|(?:payroll|registration|enrol(?:l?ment)|window|portal|sale|tender|submission|books?|offer|auction|gate|check-?in)${GAP}(?:starts?|begins?|opens?|closes?|closing)|expir(?:es?|ing)|ends?|is|run(?:s|ning)?|go(?:es|ing)? live|launch(?:es|ing)?|travel(?:s|ling|ing)?|check[- ]?in|check[- ]?out|exam${GAP}|interview${GAP}|wedding${GAP}|funeral${GAP}|surgery${GAP}|appointment${GAP}|presentation${GAP}|meeting${GAP}|demo${GAP}|event${GAP}|concert${GAP}|submission${GAP}|deadline${GAP}|payroll${GAP}|party${GAP}|birthday${GAP}|hearing${GAP}|closing${GAP}|delivery${GAP}|evict(?:ed|ion)${GAP}) ?(?:is |on |at |in |by |for |about |only )?${SOON}`,
  ),
  rule(
    'deadline',
    1,
    `${SOON} (?:is|at the latest|or (?:i|we|else|my|our|it)|deadline|for (?:my|our|a|the) (?:flight|exam|interview|wedding|surgery|meeting|launch|demo|presentation|event|funeral|trip))|(?:flight|train|bus|ferry|plane|gate|boarding|exam|interview|meeting|webinar|surgery|ceremony|show|concert|kick-?off|auction|class|shift|presentation|payroll|registration|enrol(?:l?ment)|submission|tender|court|hearing) (?:\\p{L}+ ){0,3}(?:in|at|starts|closes|leaves|departs|begins|is) (?:an?|\\d+|one|two|three|tonight|today|tomorrow|noon|midnight)|deadline|(?:last|final) (?:day|call|chance|notice|reminder)|hours? (?:left|away|to go)|running out of time|time[- ](?:sensitive|critical)|disconnect(?:ed|ion)? (?:today|tomorrow|notice)|evict(?:ed|ion)|about to (?:board|leave|depart|expire|close|miss|start|run out|lose|fly|be)|(?:going to|will|gonna|might|may|could|about to) miss (?:my|our|the|a|his|her)`,
  ),
  // Only hours are left.
  rule(
    'deadline',
    1,
    `(?:flight|train|bus|ferry|plane|gate|boarding|exam|interview|meeting|webinar|surgery|operation|ceremony|wedding|funeral|concert|kick-?off|auction|shift|presentation|pitch|payroll|registration|enrol(?:l?ment)|submission|tender|court|hearing|launch|go-?live|deadline|visa|check-?in|must|have to|has to|need(?:s|ed)?|expires?|closes?|closing|due|leav(?:es?|ing)|departs?|boards?|takes? off|starts?|begins?|ends?|goes? live)${GAP}(?:in|within) (?:the next |less than |under |about |only |just )?(?:(?:an|one|two|three|four|five|six|\\d|1[012]|a few|a couple of|half an?) ?(?:hours?|hrs?|h)|(?:\\d+|ten|twenty|thirty|forty|a few) ?(?:minutes?|mins?))|(?:only |just )?(?:an|one|two|three|four|five|six|\\d|1[012]|a few|a couple of|half an) ?(?:hours?|hrs?) (?:left|to go|remaining|until|before)|(?:\\d+|twenty|thirty|forty|ten) ?(?:minutes?|mins?) (?:left|to go|remaining|until|before)|hours left|within the hour`,
    'HIGH',
  ),
  rule(
    'stranded',
    1.3,
    `stranded|stuck (?:outside|abroad|overnight|(?:here )?(?:at|in|on)(?: the| a| an| my| this| your| our)?(?: \\p{L}+)? (?:airport|station|border|platform|terminal|gate|motorway|highway|elevator|lift|lobby|hotel|street|cold|rain|car park|garage|train|bus|tram|plane|tarmac|runway))|locked (?:out of|in|inside|outside) (?:my|our|the|his|her) (?:house|home|flat|apartment|room|car|hotel|building|garage|office|vehicle)|locked out (?:in the|and|of the (?:house|flat|car|room|building))|can'?t get (?:home|in(?:to)? (?:my|our|the) (?:house|flat|room|car|apartment|building|hotel))|no way (?:home|to get)|nowhere to (?:sleep|stay|go)|sleep(?:ing)? (?:at|in|on) the (?:airport|station|floor|car|street)|(?:driver|taxi|ride|bus|train|shuttle) (?:has )?(?:left|dropped|abandoned) (?:me|us)`,
    'HIGH',
  ),
  rule(
    'stranded',
    1.3,
    `last (?:train|bus|flight|ferry|connection)|middle of nowhere|side of the (?:road|motorway|highway)|hard shoulder|broken down|in a foreign (?:country|city)|abroad (?:with no|without|and)`,
  ),
  rule(
    'blocked',
    1,
    `(?:${CANNOT}|can no longer) (?:work|do (?:my|our|any) (?:job|work)|operate|trade|open (?:the )?(?:shop|store|business|office)|sell|ship|invoice|bill (?:our|any)|take (?:any )?(?:orders|payments|cards|bookings|calls)|process (?:any )?(?:orders|payments|payroll|sales)|pay (?:my|our) (?:staff|rent|employees|team|suppliers|mortgage)|serve|run (?:payroll|our|the)|deploy|access (?:any|our|all))|completely (?:blocked|locked out|stuck|unable|down)|totally (?:blocked|locked out|stuck)|(?:business|work|production|operations?|warehouse|office|shop|store|line|team|project|release|deployment|rollout) (?:is |are |has |at a |has come to a |came to a |ground to a )?(?:stopped|stuck|standstill|halted|on hold|blocked|paralysed|paralyzed|dead in the water|halt)|at a standstill|blocker|blocking (?:us|me|our|the|my|release|production|everything|all)|show-?stopper|no (?:workaround|way to work|money (?:for|to|left|until))|(?:rent|mortgage|food|bills|groceries|medication|medicine)${GAP}(?:due|can'?t|bounced|no money)|locked out of (?:all|everything|my (?:work|business|company)|our (?:account|system|payroll|admin))|(?:account|card|funds|money|salary|wages) (?:is |are |was |has been |been |got )?(?:frozen|blocked|locked|suspended|withheld)`,
  ),
  rule(
    'says_urgent',
    0.55,
    `urgent(?:ly)?|emergency|asap|a\\.s\\.a\\.p\\.?|immediate(?:ly)?|right (?:now|away)|straight away|as soon as possible|critical(?:ly)?|at once|without delay|desperate(?:ly)?|please hurry|hurry|quickly|high(?:est)? priority|top priority|sos|mayday|help ?!!+|need help now`,
  ),
];

// A reported statement, such as "they said it was not urgent", is not a denial by the author.
const NOT_TOLD = "(?<!(?:said|told (?:me|us)|says|wrote|claimed|thought)(?: that)?(?: it| this)?(?: is| was|'s|)? )";
export const DENIALS = String.raw`${NOT_TOLD}(?:(?:not|isn'?t|nothing|n'?t|hardly|never|far from) (?!only|just)(?:\p{L}+ ){0,3}?(?:urgent|an emergency|critical|time[- ]sensitive|a (?:big |huge )?(?:deal|rush|priority|problem|issue))|no (?:\p{L}+ )?(?:rush|hurry|urgency|pressure|deadline|stress|worries|panic)|(?:there'?s|there is) no (?:rush|hurry|urgency)|take your time|low(?:est)? priority|can wait(?! (?:no|any) longer|$)|some ?day|just (?:curious|wondering|a (?:thought|suggestion|question))|nice to have|no need to (?:hurry|rush|reply|respond|answer))(?![\p{L}])`;

/** Polite phrases such as "when you have time". They count as "not urgent" only if the text has no alarming reason. */
export const COURTESIES = String.raw`(?:when(?:ever)? (?:you|somebody|someone|anyone) (?:\p{L}+ ){0,3}?(?:time|chance|moment|minute|convenient|around|ready|can)|at your (?:own )?(?:convenience|leisure)|in your own time|whenever(?=\s*(?:[.!,;)]|$)))(?![\p{L}])`;

/** Words that show that the problem is over: the text only reports it. */
export const OVER = String.raw`(?:no longer (?:broken|down|urgent|blocked|affected|an? (?:problem|issue))|not (?:broken|down|urgent|blocked) any ?(?:more|longer)|(?:was|got|is now|been|has been|now|all|finally|since been) (?:fixed|resolved|sorted|solved|restored|back(?: up)?|working(?: again)?|refunded|found)|(?:is |are |came |working |up )back(?: up)? (?:up|online|again|now|on)|last (?:week|month|year|summer|winter|spring|autumn|night'?s)|thank(?:s| you) (?:so much |very much |a lot )?for (?:fixing|solving|restoring|sorting|resolving|getting|bringing|repairing|replacing|helping|coming|saving|the (?:\p{L}+ )?(?:fix|repair|help (?:with|when|during)))|kudos|shout ?out|well done|great (?:job|service|work)|saved (?:my|our|the) (?:day|trip|weekend)|post-?mortem|out of (?:interest|curiosity)|hypothetical(?:ly)?|in case of|what (?:happens|should i do|do i do|would happen) (?:if|when)|policy (?:on|for|about)|how (?:do|does|would|can) (?:you|i|one|we) (?:handle|prevent|protect|report))(?![\p{L}])`;
