import { wordPatterns } from '@curlew/core/triage/text';

/** The sentiment that a pattern suggests. */
type Leaning = 'POSITIVE' | 'NEGATIVE' | 'NEUTRAL';

export interface SupportPattern {
  readonly name: string;
  readonly leaning: Leaning;
  /** A regular expression over word forms with single blanks between them. Linear time: it has no nested repetition. */
  readonly source: string;
}

const TIME = '(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|wks?|months?|years?)';
const COUNT =
  '(?:<number>|<time>|a|an|one|two|three|four|five|six|seven|eight|ten|several|many|few|couple of|half an?)';

const NEGATIVE: Readonly<Record<string, string>> = {
  waiting: `(?:still|been|am|was|keep|kept|left|had to|have to|having to) (?:on hold|waiting|stuck)|waited|on hold|in (?:the|a) queue|(?:hold|wait) (?:music|times?)|stranded`,
  duration: `(?:for|after|over|almost|nearly|took|taken|been|past|last|than|its|it's) (?:the )?(?:(?:last|past|over|almost|nearly|about|more than) )?${COUNT} ${TIME}|${COUNT} ${TIME} (?:now|later|late|delay|delayed|on|already|and (?:still|counting|no|nothing))|<number> ?(?:h|hrs|min|mins) (?:late|delay|delayed|now)`,
  nth: `(?:second|third|fourth|fifth|sixth|2nd|3rd|4th|5th|6th|nth|<number> ?(?:st|nd|rd|th)) (?:time|day|week|month|attempt|try|call|email|mail|ticket|agent|replacement|technician)|(?:twice|thrice|<number> times|three times|two times|again and again|over and over|once again|yet again|yet another|another (?:delay|outage|error|update|cancellation|day|week|month)|every (?:single )?time|(?:day|week|month|attempt|call) <number>)`,
  silence: `no (?:reply|response|answer|answers|update|updates|one|reason|explanation|notice|warning|help|sign|word|news|call|callback|confirmation|email|refund|luck|record|idea|clue|show|apology|internet|signal|power|water|heating|service|sound|access)|nobody|noone|nothing (?:happens|happened|works|yet|back|from|since|works|has|changed|arrived)|not (?:heard|received|had|gotten|got|a single|one|even|answered|replied|responding|responded)|radio silence|ghosted|ignored|ignoring|crickets|unanswered`,
  never: `never (?:received|arrived|came|got|heard|called|showed|shows|works|worked|again|turned|delivered|been|once|answer|answers|replied|reply|updated|happened|fixed|arrives|sent|notified|told|had)`,
  undone: `(?:has|have|had|did|does|do|is|was|are|were|could|can|would|wo|ca)(?:n't|nt| not) (?:\\w+ ){0,2}(?:arrived|arrive|received|receive|been|shipped|ship|come|came|heard|hear|shown|show|refunded|refund|work|works|working|load|loading|open|opening|start|starting|connect|connecting|sync|syncing|log|login|sign|access|get|let|accept|turn|charge|respond|responding|answer|answered|fixed|resolved|delivered|updated|credited|arriving|moving|showing|recognised|recognized|recognize|save|send|print|play|find|honour|honor|care|help|helping|happen|happened|acceptable|good|okay|ok|right|fair)|cant|cannot|wont|doesnt|didnt|isnt|unable to|impossible to|fail(?:s|ed|ing)? to|refus(?:e|es|ed|ing)(?: to)?`,
  broken: `crash(?:es|ed|ing)?|fre(?:ezes|ezing|eze)|froze|frozen|broke|broken|faulty|defective|dead|glitch(?:y|es)?|buggy|bugs?|errors?|fail(?:s|ed|ing|ure)?|outage|down (?:again|for|since)|(?:is|are|was|been|went|goes) (?:down|offline|dead|gone)|not working|stopped working|stops working|disconnect(?:s|ed|ing)|times? out|timed out|timeout|laggy|lagging|unusable|unreachable|unavailable|useless|stuck|corrupt(?:ed)?|blank|black screen|spinning|loops?`,
  damaged: `damaged|smashed|shattered|cracked|torn|ripped|leak(?:s|ed|ing)?|spilled|soaked|stained|scratched|dented|mouldy|moldy|rotten|expired|spoiled|stale|cold food|raw|missing|lost|stolen|disappeared|vanished|wrong (?:item|size|colour|color|order|address|amount|name|one|flight|seat|product|account|number|thing|date|room|person|model)|wrong|incorrect(?:ly)?|mistake|mess(?:ed)?|mix(?:ed)? up`,
  late: `late|delay(?:s|ed)?|cancell?ed (?:my|our|the|flight|train|it|on|last|without|again|by|due|because)|(?:got|was|were|been|is|just) cancell?ed|overdue|overbooked|missed (?:my|our|the|a|connection)|rescheduled|postponed|behind schedule|standing around|sitting (?:on|in|at)|past the`,
  money: `(?:double|over|wrongly|mis)[- ]?(?:charged|billed|charge|billing)|charged (?:me|us|my|for|twice|again|<money>|double|the|a)|billed (?:me|us|twice|for|again)|(?:hidden|extra|surprise|random|unexpected) (?:fees?|charges?|costs?)|(?:took|taken|taking|steal|stealing|stole) (?:my|our|the)? ?(?:money|<money>)|rip(?:ped)? ?off|rip-off|scam(?:med|mers)?|fraud(?:ulent)?|unauthorised|unauthorized|overpriced|price (?:hike|increase|rise|went up)|out of pocket|money back|owe me|waste of|refund (?:still|is|was|has|never|not|yet)|where is my (?:refund|money|order|package|parcel|bag|luggage|driver|delivery)|wheres my|where's my`,
  manners: `rude(?:ly|st|ness)?|hung up|hang up|unhelpful|dismissive|clueless|incompetent|incompetence|condescending|lied|lying|lies|liars?|fobbed|brushed off|passed (?:around|from)|passed me|bounced|transferred|copy[- ]?paste|canned|scripted|chat ?bot|bot|robot|nonsense|excuses?|attitude|sneered|shouted|mocked`,
  verdict: `worst|terrible|awful|horrible|horrendous|appalling|atrocious|disgusting|disgrace(?:ful)?|pathetic|ridiculous|absurd|unacceptable|shambles|joke|shocking|poor|lousy|garbage|trash|rubbish|crap|bullshit|bs|sucks?|disappoint(?:ed|ing|ment)|frustrat(?:ed|ing|ion)|annoy(?:ed|ing)|infuriating|furious|angry|livid|upset|fed up|sick of|tired of|had enough|enough is enough|nightmare|hell|fiasco|farce|embarrassing|shame|unbelievable|outrageous|wtf|smh|ffs|fuming|unprofessional|inexcusable|misleading|worse|inconvenien(?:t|ce|ced)`,
  leaving: `cancel(?:l?ing)? (?:my|our|the) (?:account|subscription|membership|contract|plan|service)|switch(?:ing|ed)? (?:to|back|provider|banks?)|moving to|taking (?:my|our) (?:business|money)|lost (?:a|another) customer|never again|last time|won't be (?:back|using|flying|ordering|renewing)|avoid|stay away|do(?:n't| not) (?:buy|book|use|bother|trust|fly|order)|competitor|small claims|ombudsman|trading standards|complaint|complain(?:ed|ing)?|escalate|lawyer|legal action|chargeback|demand|compensation`,
  promised: `promised|supposed to|meant to|should have|should've|was told|were told|told me|said (?:it|they|you|he|she|i)|claims?|claimed|apparently|allegedly|guaranteed|yet (?:i|my|we|the|it|still|no|you)|but (?:still|no|nothing|now|it|the|then|i|they|you|never|nobody|not)|still (?:no|not|nothing|down|broken|the same|have|has|showing|says|say|doesn't|don't|hasn't|haven't|can't|won't|isn't|waiting|pending|getting|being|missing)|instead of|without (?:any|warning|notice|asking|telling|my|consent|explanation)`,
  why: `why (?:is|are|do|does|can't|cant|won't|wont|did|has|have|was|were|would|am|isn't|doesn't|don't|hasn't|should|must|bother|on earth)|how (?:hard|difficult|long|many times|come|is (?:this|that|it)|can (?:you|it|this|a|anyone)|much longer)|what(?:'s| is) (?:the point|going on|wrong|happening)|what a|seriously|really\\?|anyone (?:there|home|alive|at)|do you (?:even|guys even|actually|ever)|explain|fix (?:this|it|your|the)|sort (?:this|it|your|out)|get it together|do better|hello\\?|wake up`,
  sarcasm: `thanks for (?:nothing|wasting|ruining|the (?:delay|wait|lost|no|zero|spam|surprise|extra))|way to go|(?:great|nice|good|brilliant|fantastic|wonderful|lovely|excellent|perfect|awesome|stellar|superb|classic|amazing) (?:job|work|service|start|stuff|timing|planning)? ?(?:losing|cancel|ruin|delay|another|, another|another|again|guys|when|if|that|how|customer)|love (?:how|when|that|being|paying|waiting|getting|the way)|good luck (?:getting|with|trying|reaching)|so much for|congrat(?:s|ulations) on|must be nice|slow clap|👏|🙄|😡|🤬|😤|😠|👎|😒|💀|😩|🤦|🤡|😭`,
};

const POSITIVE: Readonly<Record<string, string>> = {
  thanks: `thank(?:s| you) (?:so much|very much|a (?:lot|million|ton|bunch)|for (?:the (?:quick|fast|speedy|great|help|support|update|lovely|swift|prompt|amazing|excellent|patience|kind)|your (?:help|quick|fast|patience|kindness|support|time|great|swift|prompt)|being|fixing|sorting|solving|helping|getting|making|going|coming|looking after|taking|everything|all)|to (?:the|your|everyone|whoever)|again (?:for|to))|many thanks (?:to|for)|huge thanks|big thanks|massive thanks|grateful|appreciate(?:d|s)?|thankful|ty for|cheers (?:for|to)`,
  praise: `great (?:service|job|work|experience|help|app|team|product|support|flight|crew|customer|value|staff)|excellent|amazing|awesome|fantastic|brilliant|outstanding|superb|wonderful|exceptional|impressed|impressive|stellar|top notch|first class|five stars?|<number> stars|flawless(?:ly)?|seamless(?:ly)?|smooth(?:ly|est)?|spot on|perfect(?:ly)?|delight(?:ed|ful)?|best (?:service|support|app|airline|bank|company|experience|customer|purchase|decision|thing|team|in|ever|i|update|one)|love (?:the|your|it|this|my|our|you|u)|loving|lifesaver|life ?saver|legend(?:s)?|star|hero(?:es)?|rock(?:s)?|kudos|props|shout ?out|hats off|well done|bravo|made my (?:day|week|life|morning)|happy (?:with|customer|to (?:say|report)|camper)|recommend|pleasant(?:ly)?|friendly|courteous|professional|polite|kind|kindness|patient|went (?:above|out of)|above and beyond|game changer|works (?:great|perfectly|like a charm|beautifully|well|again now)|so (?:easy|fast|quick|helpful|smooth|good)`,
  solved: `(?:sorted|solved|fixed|resolved|replaced|refunded|answered|arrived|helped) (?:it |me |my \\w+ |everything |the \\w+ |our \\w+ )?(?:in|within|out in|quickly|immediately|straight away|right away|same day|next day|early|instantly|on time|a day early|ahead)|all (?:sorted|good now|fixed|working|solved)|(?:quick|fast|prompt|speedy|swift) (?:reply|response|fix|service|delivery|turnaround|resolution|help)|(?:so|really|very|super|incredibly|extremely) (?:helpful|kind|friendly|quick|patient|easy|smooth|happy|pleased|nice|impressed)|no (?:issues|problems|complaints|hassle|fuss)|couldn't (?:be|have been) (?:happier|better|easier|nicer)|can't (?:fault|thank|recommend)|keep (?:it up|up the)|❤️?|😍|🙌|🎉|💚|💙|🙏|👍|😊|🥰|💯|<3`,
};

const NEUTRAL: Readonly<Record<string, string>> = {
  asks: `(?:^|[.,!?] |hi |hello |hey |<mention> )(?:how (?:do|can|would|should|does|to|much|long does|many)|can (?:i|you|we|someone|anyone)|could (?:i|you|we|someone)|may i|is (?:it|there)|are there|do (?:i|you|we)|does (?:the|your|it|this)|what(?:'s| is| are| time| do| does| would)|where (?:can|do)|which|when (?:do|does|will|is|can)|will (?:i|the|there|you|my)|would (?:it|you|i)|who)`,
  wishes: `i(?:'d| would) like to|we(?:'d| would) like to|i want to|i need to|we need to|need to (?:change|update|add|move|book|know|transfer|order)|would like|looking (?:to|for)|wondering|curious|interested in|planning to|thinking of|just checking|quick question|question about|asking (?:for|about|whether|if)|could you (?:please )?(?:tell|send|let|confirm|check|change|update|add)|please (?:send|confirm|change|update|add|let|advise|tell|remove|move|forward|note|find|could|can|book|check|set|provide|share)|let me know|for (?:my|our) records|requesting|request for|fyi|heads up|attached|my (?:order|booking|account|reference|ticket|policy|customer) (?:number|no|ref|id) is|is it possible|any (?:plans|chance|way)`,
};

function patternsOf(leaning: Leaning, group: Readonly<Record<string, string>>): SupportPattern[] {
  return Object.entries(group).map(([name, source]) => ({
    name,
    leaning,
    source: `(?<![^ ])(?:${source})(?= |$)`,
  }));
}

/** Phrases with which customers report a problem, praise, or just ask. They contain no words of feeling. */
export const SUPPORT_PATTERNS: readonly SupportPattern[] = [
  ...patternsOf('NEGATIVE', NEGATIVE),
  ...patternsOf('POSITIVE', POSITIVE),
  ...patternsOf('NEUTRAL', NEUTRAL),
];

export const searchForSupport = wordPatterns(SUPPORT_PATTERNS.map(({ source }) => source));
