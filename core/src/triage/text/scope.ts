/**
 * How a text uses words of alarm: as a fact (`stated`), as a possible fact that an agent must judge (`doubtful`), or
 * only in a denial, a hypothesis, a topic or a story (`not_stated`).
 */
export type Scope = 'stated' | 'doubtful' | 'not_stated';

/** In UTF-16 units. A longer sentence is cut here, so that the time stays linear in the length of a text. */
const LONGEST_SIDE = 160;
const SENTENCE_END = /[.!?\n。！？]/;
const CLAUSE_END = /[,;:()–—。、，]| - | but | and then /giu;

const WORDS = (most: number, not: string) => `(?: (?!(?:${not})(?![\\p{L}]))[\\p{L}']+){0,${most}}`;
/** After these words another statement begins, which the negation does not reach. */
const NEXT_STATEMENT =
  "and|but|because|since|while|so|as|that|my|our|we|i|i'm|he|she|it|it's|they|there|there's|this|when|where|who|which|someone|somebody|after|due|from|during|until|with|although|about";
const NO_BUT =
  '(?! (?:doubt|idea|clue|question|reply|answer|response|reaction|help|news|luck|way|reason|matter|choice|joke|one))';
const NOBODY_BUT =
  '(?! (?:answer|respond|repl|help|car(?:e|ing)|call|c[ao]me|know|t[eo]l|believ|react|listen|pick|can|could|will|want|do(?:es)?(?![\\p{L}])|did|bother|look|fix|investigat|stop|deal|seem|take|took))';
const LINK =
  '(?:a|an|any|the|in|on|at|by|from|with|under|of|about|really|actually|yet|been|being|currently|even|ever|going to|seriously|being|due to|caused by|because of|related to|reporting|talking about)';

/** Negations directly before the words of alarm. */
const DENIED = new RegExp(
  `(?<![\\p{L}'])(?:(?:(?:no(?! ?one)|nothing|without|zero|never|neither|nor|free (?:of|from))${NO_BUT}${WORDS(3, NEXT_STATEMENT)}|(?:nobody|no ?one|none)(?:'s)?${NOBODY_BUT}${WORDS(6, `${NEXT_STATEMENT}|can|could|knows`)})|(?:not|\\p{L}*n'?t)(?: ${LINK}){0,3}|(?:do|does|did|have|has|had)(?: not|n'?t)(?: been)? (?:have|had|see|seen|smell|notic|find|found|get|got|hear|heard|report|mean|think|believe|suspect|expect|involve|detect|feel|experience|suffer|contain|include|pose|represent|look|seem|count|concern|lost|been|want|need|ask|request)\\p{L}*${WORDS(3, NEXT_STATEMENT)}|(?:rather|other) than${WORDS(2, NEXT_STATEMENT)}|instead of${WORDS(2, NEXT_STATEMENT)})[ -]$`,
  'iu',
);
/** A negation inside the words of alarm: "all customers can pay, nothing is down". */
const DENIED_INSIDE =
  /(?<=. )(?:nothing|nobody|no ?one|none)(?: \p{L}+){1,3}$|(?:is|was|are|were|has|have|'s|'re|page|site)(?: not|n'?t)(?: been)? (?:\p{L}+ )?(?:down|offline|unreachable|dead|stuck|blocked|affected|hacked|breached|out|off)$|(?:is|was|are|were|deadline)(?: not|n'?t| is not| isn'?t) (?:due )?(?:today|tonight|tomorrow|on|in|at|by|until|before)(?!\p{L})/iu;
/** Things that people lack in an emergency: "no oxygen" is an alarm itself. */
const LACKED = /^(?:insulin|oxygen|epi-?pen|ventilator|dialysis|ambulance)/i;

/** Conditions at the beginning of the clause of the words of alarm. */
const SUPPOSED =
  /(?<!(?:check|see|know|sure|tell|find out|confirm|afraid|ask|wonder\p{L}*|verify|clear) (?:me |us )?)(?<!\p{L})(?:if|unless|in case|in the event|what if|what happens (?:when|if)|what (?:should|would|do|can|must) (?:i|we|you|one) do (?:if|when|in)|suppose|supposing|assuming|imagine|pretend|let'?s say|hypothetical\p{L}*|theoretically|in theory|for (?:example|instance)|e\.g|such as|whenever|every time|next time)(?! (?:you (?:can|could|see|read)|possible))(?!\p{L})/iu;
/** "Had my account been hacked, I would have told you." */
const INVERTED =
  /^\s*(?:(?:and|but|so|well|because|as) )?(?:had|should|were) (?:my|our|the|your|i|we|it|there|someone|somebody|anyone|this|that|he|she|they)(?!\p{L})/iu;
const WOULD = /(?<!\p{L})(?:would|wouldn'?t|could(?: not)? have|might have|'d have)(?!\p{L})/iu;
const WOULD_HAVE = /(?<!\p{L})(?:would|could|might|should)(?:n'?t| not)? (?:have|'?ve)(?: been)?(?: \p{L}+){0,3} $/iu;

const TOPIC_NOUNS =
  'brochure|leaflet|flyer|article|blog(?: post)?|book|novel|films?|movies?|documentary|podcast|song|video ?games?|webinar|seminar|workshop|course|class|training|lecture|talk|thesis|essay|paper|info(?:rmation)?|questions?|inquiry|enquiry|polic(?:y|ies)|guid(?:e|ance|elines?)|tips|advice|insurance|quote|cover(?:age|s|ed)?|documentation|docs|newsletter|survey|poster|presentation|template|chapter|section|faq|example|statistics|report(?:ing)? (?:form|template)|rules|regulations?|procedures?|plan|checklist|awareness|talk(?:ing|ed)?|reading|read|learn(?:ing|ed)?|interested in|curious|heard|dream(?:t|ed)?|jok(?:e|ed|ing)|write|writing|wrote a story|certificate|protocol|clause|claims?|story';
const TOPIC_BEFORE = new RegExp(
  `(?<!\\p{L})(?:(?:${TOPIC_NOUNS})(?: (?:section|page|module|series))? (?:on|about|for|of|against|regarding|covering|called|named|titled|to prevent|with|in case of|in which|where|around)|(?:insur(?:e|es|ed|ance|ing)|cover(?:s|ed|ing)?|protect(?:s|ed|ion|ing)?|prevent(?:s|ed|ion|ing)?|avoid(?:s|ed|ing)?|guard(?:s|ed)?|immune|resistant|proof|prepar(?:e|ed|ing))(?: (?!my|our)[\\p{L}']+){0,2}?(?: (?:against|from|for|to))?)(?: (?!(?:my|our|this|these|his|her|i|we)(?!\\p{L}))[\\p{L}']+){0,3} $`,
  'iu',
);
const TOPIC_AFTER =
  /^(?:[ -](?:(?:and|or) \p{L}+ )?(?:(?:risk|leak|safety|awareness|response|alarm|liability|damage|scam) )?(?:insurances?|coverage|policy|policies|brochures?|leaflets?|courses?|trainings?|drills?|exercises?|simulations?|simulators?|tests?|testing|webinars?|seminars?|workshops?|articles?|blogs?|books?|guides?|guidance|documentation|docs|templates?|prevention|protection|detectors?|detection|sensors?|monitors?|extinguishers?|regulations?|laws?|statistics|awareness|checklists?|procedures?|plans?|certificates?|movies?|films?|games?|songs?|bands?|podcasts?|posters?|stickers?|costumes?|categor(?:y|ies)|fields?|labels?|tags?|columns?|modules?|departments?|clauses?|kits?|emojis?|icons?|exits?|contacts?|numbers?|hotlines?|pumps?|concentrators?|cylinders?|pads?|alerts? (?:settings?|feature)|notifications?|scanners?|scans?|filters?|software|tools?|bounty|safe(?:ty)? (?:valve|shoes)|fighters?|proof|resistant|service (?:number|fee)|sale|deals?)|-?(?:proof|resistant)| (?:of|in) (?:flavou?rs?|colou?rs?|taste|joy|laughter|interest|popularity|growth)| together| ivy)(?!\p{L})/iu;
/** A device of safety that reports danger is an alarm. */
const RINGS = /(?<!\p{L})(?:beep|ring|sound|going off|went off|goes off|alarm(?:ed|ing)|triggered|chirp)\p{L}*/iu;
const STORY =
  /(?<!\p{L})in (?:a|an|the|this|that|my|your|our|his|her|one) (?:\p{L}+ )?(?:movie|film|game|book|novel|story|video|series|episode|play|ad|advert|commercial|trailer|photo|level|chapter|dream|drill|exercise|simulation|sandbox|mock-?up|demo|screenshot|example)(?!\p{L})/iu;
/** A question about the service and not about an event. */
const GENERAL_QUESTION =
  /^\s*(?:(?:hi|hello|hey|dear \p{L}+|also|and|so|just wondering|quick question|question)[,:]? )?(?:how (?:do|does|can|could|would|should) (?!(?:i|we) (?:stop|get|put|shut|turn|make|fix))|do you (?!know|see|realis|realiz|understand|hear|smell)|does your|do your|is your|are your|can your|will your|is it|are you (?!aware|kidding|serious|going)|what(?:'s| is| are) (?:a|an|your)(?!\p{L})|what does|what counts|have you (?:ever|had)|has your|which |can (?:i|we|one|customers|users|people|hackers) |what (?:kind|type|sort) )/iu;
const OWN = /(?<!\p{L})(?:my|our|mine|ours|me|us)(?!\p{L})/iu;

/** Words that explain the alarm away. */
const HARMLESS =
  /(?<!\p{L})(?:(?:was|were|turned out (?:to be)?|it'?s|is|are) (?:just|only|simply|merely|nothing but) (?!a matter)(?:an?|the|his|her|my|our|your|some|someone'?s|from|cooking|dust|steam|fog|kidding|joking)(?!\p{L})|turned out (?:to be )?(?:fine|nothing|harmless|false|wrong|ok)|false alarms?|all (?:good|clear|fine|well|ok|okay)(?! until)|never ?mind|nothing (?:serious|happened|to worry)|just (?:a )?(?:drill|test|joke|prank|kidding|joking|exercise)|no harm done|(?:under control|been put out|put out) (?:now|again|already)|everyone is (?:safe|fine|ok|okay)|(?:it )?was a (?:drill|test|joke|prank|false)|not anymore|any ?more now)(?!\p{L})/iu;

/** Words that leave open whether the alarm is a fact. */
const DOUBT =
  /(?<!\p{L})(?:if|whether|might|may|could|would|should|maybe|perhaps|possibly|probably|seems?|appears?|not sure|unsure|i think|wonder(?:ing)?|suspect|in case|unless|what if|not|no|never|nobody|none|\p{L}+n't|without|hypothetical\p{L}*|suppose|imagine|last (?:week|month|year)|used to|once|almost|nearly)(?!\p{L})/iu;

/**
 * How a text uses the words from `begin` to `end`. The words are an event (`nobody can print`), or a name that may also be
 * a topic (`ransomware`). The time has a fixed limit.
 */
export function scopeOf(text: string, begin: number, end: number, kind: 'event' | 'name' = 'name'): Scope {
  const { before, words, after, isQuestion } = sentenceAt(text, begin, end);
  const clause = before.slice(lastEnd(before));
  const next = after.slice(0, firstEnd(after));
  const sentence = `${before}${words}${after}`;
  if ((DENIED.test(clause) && !LACKED.test(words)) || DENIED_INSIDE.test(words)) return 'not_stated';
  if (SUPPOSED.test(clause) || (INVERTED.test(clause) && WOULD.test(sentence)) || WOULD_HAVE.test(clause))
    return 'not_stated';
  const isTopic = TOPIC_BEFORE.test(clause) || (TOPIC_AFTER.test(next) && !RINGS.test(after));
  if (kind === 'name' && isTopic) return 'not_stated';
  if (STORY.test(sentence) || HARMLESS.test(after) || HARMLESS.test(before)) return 'not_stated';
  if (kind === 'name' && isQuestion && GENERAL_QUESTION.test(clause) && !OWN.test(sentence)) return 'not_stated';
  return isQuestion || DOUBT.test(before) || DOUBT.test(after) ? 'doubtful' : 'stated';
}

/** The clause around a span: its words up to the next comma, dash or end of sentence. */
export function clauseAt(text: string, begin: number, end: number): { begin: number; end: number } {
  const { before, after } = sentenceAt(text, begin, end);
  let from = begin - (before.length - lastEnd(before));
  let to = end + firstEnd(after);
  // A sentence that was cut in the middle of a word begins with the next word.
  if (begin - from === LONGEST_SIDE) from += Math.max(0, text.slice(from, begin).search(/\s/));
  if (to - end === LONGEST_SIDE) to = end + Math.max(0, text.slice(end, to).search(/\s\S*$/));
  while (from < begin && !/[\p{L}\p{N}]/u.test(text[from] as string)) from++;
  while (to > end && !/[\p{L}\p{N}]/u.test(text[to - 1] as string)) to--;
  return { begin: from, end: to };
}

interface Sentence {
  readonly before: string;
  readonly words: string;
  readonly after: string;
  readonly isQuestion: boolean;
}

function sentenceAt(text: string, begin: number, end: number): Sentence {
  let from = begin;
  while (from > 0 && begin - from < LONGEST_SIDE && !isSentenceEnd(text, from - 1)) from--;
  let to = end;
  while (to < text.length && to - end < LONGEST_SIDE && !isSentenceEnd(text, to)) to++;
  return {
    before: text.slice(from, begin),
    words: text.slice(begin, end),
    after: text.slice(end, to),
    isQuestion: text[to] === '?' || text[to] === '？',
  };
}

/** Dots inside numbers and addresses end no sentence. */
function isSentenceEnd(text: string, place: number): boolean {
  const unit = text[place] as string;
  if (!SENTENCE_END.test(unit)) return false;
  return unit !== '.' || !/[\p{L}\d]/u.test(text[place + 1] ?? '');
}

function lastEnd(before: string): number {
  let last = 0;
  for (const { index, 0: mark } of before.matchAll(CLAUSE_END))
    last = index + mark.length - (mark.startsWith(' ') ? 1 : 0);
  return last;
}

function firstEnd(after: string): number {
  const [first] = after.matchAll(CLAUSE_END);
  return first === undefined ? after.length : first.index;
}
