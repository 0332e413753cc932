import { type Rule, rule } from './urgency-rules.ts';

/**
 * Words of alarm in other languages that Amazon Comprehend supports. None of them is an English word. They are the only
 * part of a foreign text that triage understands.
 */
export const FOREIGN_RULES: readonly Rule[] = [
  rule(
    'says_urgent',
    0.55,
    "dringend(?:e|er|es|st)?|notfall|bitte sofort|sofort hilfe|eilt|so schnell wie möglich|urgente(?:mente)?|urgentes|emergencia|lo antes posible|emergenza|il prima possibile|emerg[êe]ncia|o mais r[áa]pido poss[íi]vel|urgence|d'urgence|au plus vite|au secours|spoed|noodgeval|met spoed|zo snel mogelijk|aiuto|socorro|auxilio|hilfe|срочно|помогите|عاجل|النجدة|तुरंत|pilne|acil",
  ),
  rule(
    'safety',
    2,
    'es brennt|brennt(?= (?:es|unser|mein|der|die|das|gerade))|feuer|gasgeruch|riecht nach gas|verletzte?r?|bewusstlos|herzinfarkt|explosion in|incendio|fuego|fuga de gas|huele a gas|huelo gas|heridos?|herida|infarto|inconsciente|incendie|prend feu|au feu|fuite de gaz|odeur de gaz|sent le gaz|blessée?s?|inconscient|inc[êe]ndio|fogo|cheiro (?:de|a) g[áa]s|feridos?|vazamento de g[áa]s|fuga di gas|odore di gas|puzza di gas|ferit[oi]|brucia|in fiamme|gaslek|gaslucht|ruik(?:en)? gas|(?:er is|het is|we hebben) brand|staat in brand|gewond|lebensgefahr|in gefahr|en peligro|en danger|in pericolo|em perigo|in gevaar|selbstmord|suizid|suicidio|suic[íi]dio|zelfmoord|ich will (?:nicht mehr leben|sterben)|quiero morir|no quiero vivir|veux mourir|voglio morire|quero morrer|пожар|горит|утечка газа|حريق|تسرب غاز|आग लग',
  ),
  rule(
    'security',
    2,
    "gehackt|gestohlen|konto (?:wurde )?übernommen|hackead[oa]s?|hackearon|me (?:han robado|robaron)|pirat(?:eado|eada|ée?s?)|vol[ée]e? mon|m'a volé|hackerat[oa]|rubat[oa]|hackeraram|invadid[oa]|roubad[oa]|roubaram|gestolen|datenleck|datenpanne|erpresst|взломали|взломан|украли|اختراق|हैक",
  ),
  rule(
    'outage',
    1.2,
    "ausgefallen|ausfall|serverausfall|stromausfall|totalausfall|nichts geht mehr|(?:funktioniert|geht) (?:gar )?nichts|(?:seite|server|system|internet|netz|kasse|shop) (?:ist|sind) (?:\\p{L}+ )?(?:down|offline|tot|weg|nicht erreichbar)|(?:kein|keinen) (?:strom|internet|wasser|netz)|apag[óo]n|(?:servidor|sistema|p[áa]gina|web|red|internet|tienda|aplicaci[óo]n|site|aplicativo|rede|loja) (?:\\p{L}+ )?(?:est[áa] |se ha |ha |est[áa]n )?(?:ca[íi]d[oa]s?|fora do ar|fuera de servicio)|se (?:ha )?ca[íi]do|no funciona nada|nada funciona|sin (?:luz|internet|electricidad|agua|servicio)|en panne|hors service|hors ligne|(?:panne|coupure) (?:g[ée]n[ée]rale|totale|de courant|d'?[ée]lectricit[ée]|d'internet|internet)|plus rien ne (?:marche|fonctionne)|rien ne (?:marche|fonctionne)|(?:plus|pas) (?:d'[ée]lectricit[ée]|d'internet|de courant|d'eau)|fuori servizio|(?:sito|server|sistema|rete) (?:è |e' )?(?:gi[ùu]|offline|down|bloccat[oa])|non funziona (?:pi[ùu] )?(?:niente|nulla)|senza (?:corrente|internet|luce|acqua)|(?:grote|een) storing|storing|stroomuitval|stroomstoring|ligt (?:plat|eruit)|niets werkt|geen (?:stroom|internet|water)|fora do ar|apag[ãa]o|sem (?:energia|internet|luz|[áa]gua)|сервер (?:упал|не работает)|нет (?:интернета|света|воды)|ничего не работает",
  ),
];

/** Statements in these languages that a matter is not urgent. */
export const FOREIGN_DENIALS =
  "(?:(?:nicht|niet|net) (?:\\p{L}+ )?(?:dringend|eilig|so eilig|urgent|spoed)|eilt (?:nicht|gar nicht|überhaupt nicht)|kein(?:e|en)? (?:eile|notfall|stress|hektik)|hat (?:noch )?zeit|no (?:es|está|era|hay) (?:\\p{L}+ )?(?:urgente|urgencia|prisa|emergencia)|(?:no|nada) (?:muy )?urgente|sin (?:prisas?|urgencia)|(?:n'est |est )?pas (?:\\p{L}+ )?(?:urgente?|press[ée]e?)|(?:rien|pas|aucune) (?:d')?(?:urgence|urgent)|pas de presse|sans urgence|non (?:è|e'|[ée]) (?:\\p{L}+ )?(?:urgente|un'emergenza|urgenza)|non urgente|nessuna (?:fretta|urgenza)|senza (?:fretta|urgenza)|não (?:é|está|tem|há) (?:\\p{L}+ )?(?:urgente|urg[êe]ncia|pressa)|não urgente|sem (?:pressa|urg[êe]ncia)|geen (?:haast|spoed|noodgeval)|heeft geen haast|не срочно|не горит)(?![\\p{L}\\d])";

/** Words before an alarm that turn it into a denial, a hypothesis or a topic. */
export const FOREIGN_NOT_STATED =
  /(?<!\p{L})(?:(?:nicht|kein\p{L}*|ohne|nie|niemand|no|sin|ning[uú]n\p{L}*|nadie|pas|aucune?|sans|rien|personne|jamais|non|nessun\p{L}*|senza|mai|não|sem|nenhum\p{L}*|ninguém|nunca|niet|geen|zonder|niemand|nooit|не|нет|без)(?: [\p{L}']+){0,3}|(?:falls|wenn|im fall\p{L}*|bei|was passiert|en caso de|qué pasa si|en cas d'?e?|que se passe-t-il si|in caso di|cosa succede se|em caso de|o que acontece se|in geval van|wat als|если|versicher\p{L}*|seguro|assurance|assicurazione|verzekering|schutz|schulung|curso|kurs|cours|corso|cursus|übung|simulacro|exercice|esercitazione|oefening)(?: [\p{L}']+){0,4})[ ']$/iu;
export const FOREIGN_NOT_STATED_AFTER =
  /^ (?:\p{L}+ )?(?:nicht|niet|pas|versicherung|übung|schulung|wieder behoben|behoben)(?!\p{L})/iu;

/** Words in these languages that show that the problem is over. */
export const FOREIGN_OVER =
  '(?:(?:ist |wurde |alles )?(?:wieder (?:da|online|in ordnung)|behoben|gelöst|erledigt)|falscher alarm|(?:ya )?(?:está )?(?:resuelto|solucionado|arreglado)|falsa alarma|(?:est )?(?:résolue?|réglée?|réparée?)|fausse alerte|(?:è )?(?:stato )?risolt[oa]|falso allarme|resolvid[oa]|alarme falso|opgelost|loos alarm|решено)(?![\\p{L}\\d])';

interface UnspacedRule {
  readonly reason: string;
  readonly weight: number;
  readonly pattern: RegExp;
}

/** The letters before a Chinese word of alarm that deny it, and the Japanese ending that does. */
const NOT_BEFORE = '(?<![不没沒無无非](?:是|有|很|那么|特别)?)';
const NOT_AFTER =
  '(?!(?:の?(?:用件|こと|もの))?(?:では|じゃ|で は)(?:な|あり|ござ))(?!は(?:な|あり))(?!가? ?(?:아닙|아니|없))';

const unspaced = (reason: string, weight: number, source: string): UnspacedRule => ({
  reason,
  weight,
  pattern: new RegExp(`${NOT_BEFORE}(?:${source})${NOT_AFTER}(?!保险|保険|보험|訓練|演习|훈련)`, 'gu'),
});

/** Rules for languages without spaces between words, or with endings on each word. */
export const UNSPACED_RULES: readonly UnspacedRule[] = [
  unspaced('says_urgent', 0.55, '至急|緊急|紧急|大至急|加急|求助|救命|긴급|급합니다|도와주세요'),
  unspaced(
    'safety',
    2,
    '火事|火災|火灾|着火|起火|失火|ガス漏れ|ガス臭|煤气泄漏|燃气泄漏|けが人|受伤|死にたい|自殺|自杀|화재|불이 났|가스 ?누출|자살',
  ),
  unspaced('security', 2, 'ハッキング|乗っ取|不正アクセス|不正利用|被黑|被盗|盗号|黑客|情報漏|해킹|도용'),
  unspaced(
    'outage',
    1.2,
    'システム障害|システムダウン|停電|停电|断网|断电|瘫痪|宕机|サーバーダウン|サーバーが(?:落ち|ダウン|止ま)|全員ログインできない|崩溃|정전|장애가? ?발생|서버가? ?(?:다운|죽)',
  ),
];

/** Statements in these languages that a matter is not urgent. */
export const UNSPACED_DENIALS =
  /急ぎ(?:では|じゃ|ません)|急いで(?:い)?(?:ません|ない)|(?:緊急|至急)(?:の?(?:用件|こと))?(?:では|じゃ)|お手すきの|不(?:是很|太|是)?(?:急|着急|紧急)|不用急|급하지 않|긴급하지 않|천천히/gu;
