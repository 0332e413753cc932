import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * A failure of a call: an error, a response that hangs, stops half way or drips without an end, a broken connection, or
 * another response.
 */
export type ComprehendFault =
  | { readonly refuse: string; readonly status?: number; readonly retryAfterSeconds?: number }
  | { readonly hang: true }
  | { readonly stall: string }
  | { readonly drip: true }
  | { readonly cut: true }
  | { readonly answer: unknown };

interface Request {
  readonly Text: string;
  readonly TextList: readonly string[];
  readonly LanguageCode: string;
  readonly EndpointArn: string;
}

const TYPE = { 'content-type': 'application/x-amz-json-1.1' };
const SENTIMENT_LANGUAGES = /^(?:en|es|fr|de|it|pt|ar|hi|ja|ko|zh|zh-TW)$/;
const DOCUMENT_BYTES = 5000;
const CLASSIFIED_BYTES = 10_000;
const DOCUMENTS = 25;

/** A local HTTP server with Comprehend's protocol and limits. It knows a few words of English and German. */
export async function smallComprehend() {
  const requests: { readonly action: string; readonly body: string }[] = [];
  const faults = new Map<string, ComprehendFault[]>();
  /** A document with this word cannot be read if it is part of a batch. */
  const unreadable = 'UNREADABLE';

  const server = createServer(async (incoming, outgoing) => {
    const action = String(incoming.headers['x-amz-target']).replace(/^Comprehend_20171127\./, '');
    const body = await text(incoming);
    requests.push({ action, body });
    const say = (status: number, content: string) => outgoing.writeHead(status, TYPE).end(content);
    const refuse = (type: string, status = 400) =>
      say(status, JSON.stringify({ __type: type, message: 'Simulated failure.' }));
    const fault = (faults.get(action) ?? faults.get('*'))?.shift();
    if (fault !== undefined) {
      if ('refuse' in fault) {
        if (fault.retryAfterSeconds !== undefined) outgoing.setHeader('retry-after', fault.retryAfterSeconds);
        refuse(fault.refuse, fault.status);
      }
      if ('stall' in fault) outgoing.writeHead(200, { ...TYPE, 'content-length': '10000' }).write(fault.stall);
      if ('drip' in fault) drip(() => outgoing.write(' '));
      if ('cut' in fault) incoming.socket.destroy();
      if ('answer' in fault) say(200, typeof fault.answer === 'string' ? fault.answer : JSON.stringify(fault.answer));
      return;
    }
    try {
      say(200, JSON.stringify(act(action, JSON.parse(body))));
    } catch (error) {
      refuse((error as Error).message);
    }
  });
  const drips = new Set<NodeJS.Timeout>();
  const drip = (drop: () => void) => void drips.add(setInterval(drop, 20));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  function act(action: string, { Text, TextList, LanguageCode, EndpointArn }: Request): object {
    const batch = <Result extends object>(read: (document: string) => Result) => {
      if (TextList.length > DOCUMENTS) throw new Error('BatchSizeLimitExceededException');
      const results = TextList.map((document, Index) => ({ Index, document: known(document, LanguageCode) }));
      const isRead = ({ document }: { document: string }) => !document.includes(unreadable);
      return {
        ResultList: results.filter(isRead).map(({ Index, document }) => ({ Index, ...read(document) })),
        ErrorList: results
          .filter((one) => !isRead(one))
          .map(({ Index }) => ({ Index, ErrorCode: 'INTERNAL_SERVER_ERROR', ErrorMessage: 'Simulated failure.' })),
      };
    };
    switch (action) {
      case 'DetectDominantLanguage':
        return { Languages: languagesOf(Text) };
      case 'DetectSentiment':
        return sentimentOf(known(Text, LanguageCode));
      case 'DetectKeyPhrases':
        return phrasesOf(known(Text, LanguageCode));
      case 'BatchDetectSentiment':
        return batch(sentimentOf);
      case 'BatchDetectKeyPhrases':
        return batch(phrasesOf);
      case 'ClassifyDocument':
        if (!EndpointArn.startsWith('arn:aws:comprehend:')) throw new Error('InvalidRequestException');
        return classesOf(sized(Text, CLASSIFIED_BYTES));
      default:
        throw new Error('UnknownOperationException');
    }
  }

  return {
    unreadable,
    /** The configuration of a client with a short timeout. */
    config: {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      answerTimeoutMilliseconds: 1000,
    },
    /** The requests since the last `forget`. */
    requests: () => requests,
    actions: () => requests.map(({ action }) => action),
    forget(): void {
      requests.length = 0;
      faults.clear();
    },
    /** Sets the faults of the next calls of the action (`*`: of any action), one for each call. Later calls succeed. */
    next: (action: string, ...some: readonly ComprehendFault[]) => void faults.set(action, [...some]),
    stop(): void {
      for (const timer of drips) clearInterval(timer);
      server.closeAllConnections();
      server.close();
    },
  };
}

export type SmallComprehend = Awaited<ReturnType<typeof smallComprehend>>;

function known(text: string, language: string): string {
  if (!SENTIMENT_LANGUAGES.test(language)) throw new Error('UnsupportedLanguageException');
  return sized(text, DOCUMENT_BYTES);
}

function sized(text: string, bytes: number): string {
  if (text === '' || !text.isWellFormed()) throw new Error('InvalidRequestException');
  if (Buffer.byteLength(text) > bytes) throw new Error('TextSizeLimitExceededException');
  return text;
}

function countOf(text: string, words: RegExp): number {
  return text.match(words)?.length ?? 0;
}

function languagesOf(text: string) {
  const counts = {
    en: countOf(text, /\b(?:the|my|is|not|and|was|great|thanks)\b/gi),
    de: countOf(text, /\b(?:der|die|das|nicht|und|ist|mein)\b/gi),
    sw: countOf(text, /\b(?:habari|asante|yangu|haifanyi)\b/gi),
  };
  const all = Object.values(counts).reduce((sum, count) => sum + count, 1);
  return Object.entries(counts)
    .map(([LanguageCode, count]) => ({ LanguageCode, Score: count / all }))
    .sort((one, other) => other.Score - one.Score);
}

function sentimentOf(text: string) {
  const good = countOf(text, /\b(?:great|thanks|love|perfect)\b/gi);
  const bad = countOf(text, /\b(?:broken|awful|never|nicht)\b/gi);
  const [Sentiment, name] =
    good > bad ? ['POSITIVE', 'Positive'] : bad > 0 ? ['NEGATIVE', 'Negative'] : ['NEUTRAL', 'Neutral'];
  const rest = { Positive: 0.0400001, Negative: 0.0299998, Neutral: 0.0200003, Mixed: 0.0099997 };
  return { Sentiment, SentimentScore: { ...rest, [name as string]: 0.9300001 } };
}

/** Words with their article. The offsets count code points, like Comprehend's. */
function phrasesOf(text: string) {
  const points = (units: number) => [...text.slice(0, units)].length;
  const KeyPhrases = [...text.matchAll(/\b(?:the|my|a) [\p{L}\p{M}\p{Extended_Pictographic}]+/giu)].map((match) => ({
    Text: match[0],
    Score: 0.9987654321,
    BeginOffset: points(match.index),
    EndOffset: points(match.index + match[0].length),
  }));
  return { KeyPhrases };
}

function classesOf(text: string) {
  const Score = /invoice/i.test(text) ? 0.87654321 : 0.34;
  return {
    Classes: [
      { Name: 'other', Score: 0.12 },
      { Name: 'billing', Score },
    ],
  };
}
