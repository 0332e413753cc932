/** An incoming request, before API Gateway builds an event from it. */
export interface Incoming {
  readonly method: string;
  /** Still percent-encoded. */
  readonly path: string;
  /** Without the question mark; still percent-encoded. */
  readonly query: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** Properties of the API for events of both formats. */
export interface ApiFacts {
  readonly accountId: string;
  readonly apiId: string;
  readonly domainName: string;
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>>;
}

// Hop-by-hop headers, which are not forwarded.
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The headers for the function: without hop-by-hop headers, with those that API Gateway adds. */
export function forwardedHeaders({ headers, sourceIp, body }: Incoming, { domainName }: ApiFacts, traceId: string) {
  const kept = headers.filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()));
  const sent = kept.map(([name, value]) =>
    name.toLowerCase() === 'host' ? ([name, hostFor(value, domainName)] as const) : ([name, value] as const),
  );
  const hasLength = sent.some(([name]) => name.toLowerCase() === 'content-length');
  return [
    ...sent,
    ...(hasLength || body.length === 0 ? [] : [['Content-Length', String(body.length)] as const]),
    ['X-Amzn-Trace-Id', traceId] as const,
    ['X-Forwarded-For', sourceIp] as const,
    ['X-Forwarded-Port', '443'] as const,
    ['X-Forwarded-Proto', 'https'] as const,
  ];
}

/** The domain of the API is the runner's own address. */
function hostFor(host: string, domainName: string): string {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host) ? domainName : host;
}

export function headerOf(headers: readonly (readonly [string, string])[], name: string): string | undefined {
  return headers.find(([one]) => one.toLowerCase() === name)?.[1];
}

/** Decodes percent-encoding. Invalid sequences stay unchanged. */
export function percentDecoded(text: string): string {
  return text.replace(/(%[0-9a-f]{2})+/gi, (encoded) => {
    const bytes = Buffer.from(encoded.replaceAll('%', ''), 'hex');
    const decoded = bytes.toString('utf8');
    return Buffer.from(decoded, 'utf8').equals(bytes) ? decoded : encoded;
  });
}

/** The parameters of a query in order, decoded, `+` as a space. */
export function queryParameters(query: string): (readonly [name: string, value: string])[] {
  if (query === '') return [];
  return query.split('&').flatMap((pair) => {
    if (pair === '') return [];
    const at = pair.indexOf('=');
    const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    return [[decodeFormText(name), decodeFormText(value)] as const];
  });
}

function decodeFormText(text: string): string {
  return percentDecoded(text.replaceAll('+', ' '));
}

export function groupByName(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const result: Record<string, string[]> = {};
  for (const [name, value] of pairs) {
    const known = result[name];
    if (known === undefined) result[name] = [value];
    else known.push(value);
  }
  return result;
}

/** `12/Mar/2026:19:03:58 +0000` */
export function logTime(time: Date): string {
  const [, day, month, year, clock] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(time.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${clock} +0000`;
}
