import type { ApiKind } from '../deployed/model.ts';
import { isBinaryType } from './event-v1.ts';

export interface Outgoing {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

// API Gateway sets these headers itself and renames the function's.
const REMAPPED = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'server',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);
const REMAPPED_BY_REST = new Set([
  ...REMAPPED,
  'authorization',
  'content-md5',
  'expect',
  'host',
  'max-forwards',
  'user-agent',
  'www-authenticate',
]);

/** API Gateway's own error response for an invalid result of a function. */
export function gatewayError(status: number, message: string): Outgoing {
  return { status, headers: [['content-type', 'application/json']], body: Buffer.from(JSON.stringify({ message })) };
}

/** Turns a function's result (JSON) for payload format 2.0 into a response; undefined if the result is invalid. */
export function responseV2(payload: string): Outgoing | undefined {
  const result = JSON.parse(payload);
  // Without a status the whole result is the body of a 200.
  if (!isObject(result) || result.statusCode === undefined) {
    return { status: 200, headers: [['content-type', 'application/json']], body: Buffer.from(textOf(result)) };
  }
  if (!isWellFormed(result)) return undefined;
  const headers = [
    ...pairs(result.headers),
    ...((result.cookies as string[] | undefined) ?? []).map((cookie) => ['set-cookie', cookie] as const),
  ];
  const body = Buffer.from(textOf(result.body ?? ''), result.isBase64Encoded === true ? 'base64' : 'utf8');
  return {
    status: Number(result.statusCode),
    headers: sent(headers, REMAPPED, body, 'text/plain; charset=utf-8'),
    body,
  };
}

/** Turns a function's result (JSON) for payload format 1.0 into a response; undefined if the result is invalid. */
export function responseV1(
  payload: string,
  kind: ApiKind,
  request: { accept: string | undefined; binaryMediaTypes: readonly string[] },
): Outgoing | undefined {
  const result = JSON.parse(payload);
  if (!isObject(result) || result.statusCode === undefined || !isWellFormed(result)) return undefined;
  if (result.body !== undefined && result.body !== null && typeof result.body !== 'string') return undefined;
  const several = Object.entries((result.multiValueHeaders as Record<string, string[]> | undefined) ?? {});
  const known = new Set(several.map(([name]) => name.toLowerCase()));
  const headers = [
    ...pairs(result.headers).filter(([name]) => !known.has(name.toLowerCase())),
    ...several.flatMap(([name, values]) => values.map((value) => [name, String(value)] as const)),
  ];
  // A REST API decodes Base64 only if the first media type in Accept is in its list of binary types.
  const [accepted] = (request.accept ?? '*/*').split(',');
  const decodes = kind === 'http' || isBinaryType(accepted, request.binaryMediaTypes);
  const body = Buffer.from(String(result.body ?? ''), result.isBase64Encoded === true && decodes ? 'base64' : 'utf8');
  const remapped = kind === 'rest' ? REMAPPED_BY_REST : REMAPPED;
  return { status: Number(result.statusCode), headers: sent(headers, remapped, body, 'application/json'), body };
}

function isWellFormed(result: Record<string, unknown>): boolean {
  const status = Number(result.statusCode);
  const isStatus = Number.isInteger(status) && status >= 100 && status <= 599;
  const areHeaders = [result.headers, result.multiValueHeaders].every(
    (one) => one === undefined || one === null || isObject(one),
  );
  return isStatus && areHeaders && (result.cookies === undefined || Array.isArray(result.cookies));
}

function sent(
  headers: readonly (readonly [string, string])[],
  remapped: ReadonlySet<string>,
  body: Buffer,
  usualType: string,
): Outgoing['headers'] {
  const all = headers.map(([name, value]) =>
    remapped.has(name.toLowerCase())
      ? ([`x-amzn-remapped-${name.toLowerCase()}`, value] as const)
      : ([name, value] as const),
  );
  const hasType = all.some(([name]) => name.toLowerCase() === 'content-type');
  return hasType || body.length === 0 ? all : [...all, ['content-type', usualType] as const];
}

function pairs(headers: unknown): (readonly [string, string])[] {
  return Object.entries((headers as Record<string, unknown> | null | undefined) ?? {}).map(([name, value]) => [
    name,
    String(value),
  ]);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
