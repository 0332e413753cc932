import { inexactIntegers, invalid } from '@curlew/core/kernel';
import { refusal } from './problem.ts';

/** The size limit of a JSON body. */
export const BODY_BYTES = 1024 * 1024;
/** The size limit of a JSON body of a public route, because its caller has not proven anything yet. */
export const PUBLIC_BODY_BYTES = 8 * 1024;
// Objects with very many members cost much more time than their bytes. No valid body has this many.
const MEMBERS = 5000;
// No ticket is nested this deeply. JSON of many thousand levels would overflow the stack in our recursive functions.
const DEPTH = 64;

const utf8 = new TextDecoder('utf-8', { fatal: true });

interface IncomingBody {
  header(name: string): string | undefined;
  readonly raw: Request;
}

/**
 * The text of a JSON body, after checks of media type, size and UTF-8. Throws `unsupported_media_type`,
 * `body_too_large`, `malformed_json`, and `malformed_http` if the body is cut off.
 */
export async function bodyText(
  request: IncomingBody,
  mediaTypes: readonly string[],
  maxBytes: number = BODY_BYTES,
): Promise<string> {
  checkMediaType(request, mediaTypes);
  const bytes = await readBytes(request, maxBytes);
  if (bytes.byteLength > maxBytes) throw tooLarge(maxBytes);
  try {
    return utf8.decode(bytes);
  } catch {
    throw refusal('malformed_json', 'The body is not valid UTF-8.');
  }
}

/** Parses a JSON body. Throws `invalid_request` for an integer over 2^53, and throws `malformed_json` if it is empty, invalid, nested too deeply, or has too many members. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') throw refusal('malformed_json', 'The body is empty; a JSON object is required.');
  const { depth, members } = sizeOf(text);
  if (depth > DEPTH) throw refusal('malformed_json', `The body is nested more than ${DEPTH} levels deep.`);
  if (members > MEMBERS) throw refusal('malformed_json', `The body has more than ${MEMBERS} members.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refusal('malformed_json', `The body is not valid JSON: ${(error as Error).message}.`);
  }
  const inexact = inexactIntegers(text);
  if (inexact.length > 0) throw invalid(inexact);
  return value;
}

/**
 * A body of any media type as a stream, which reads from the request only on demand. Throws `unsupported_media_type` if
 * the body is compressed. Throws `body_too_large` if the request announces more than `maxBytes`; otherwise the stream
 * fails with it at the first byte beyond the limit.
 */
export function bodyStream(request: IncomingBody, maxBytes: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  checkEncoding(request);
  if (Number(request.header('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const reader = request.raw.body?.getReader();
  let size = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = (await reader?.read().catch(cutOff)) ?? { done: true };
        if (done) return controller.close();
        size += value.byteLength;
        if (size > maxBytes) throw tooLarge(maxBytes);
        controller.enqueue(value);
      },
      cancel: (reason) => reader?.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

function checkEncoding(request: IncomingBody): void {
  const encoding = request.header('content-encoding') ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    throw refusal(
      'unsupported_media_type',
      `Content-Encoding ${encoding} is not supported; send the body without an encoding.`,
    );
  }
}

function checkMediaType(request: IncomingBody, mediaTypes: readonly string[]): void {
  checkEncoding(request);
  // Without a Content-Type header the recipient may assume the type (RFC 9110, 8.3).
  const header = request.header('content-type');
  if (header === undefined) return;
  const [type = '', ...parameters] = header.split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.replaceAll('"', '');
  if (!mediaTypes.includes(type) || !['charset=utf-8', 'charset=utf8', undefined].includes(charset)) {
    throw refusal('unsupported_media_type', `Send ${mediaTypes.join(' or ')} in UTF-8, not ${header}.`);
  }
}

async function readBytes(request: IncomingBody, maxBytes: number): Promise<ArrayBuffer | Uint8Array> {
  const { raw } = request;
  const announced = request.header('content-length');
  if (announced !== undefined) {
    if (Number(announced) > maxBytes) throw tooLarge(maxBytes);
    return raw.arrayBuffer().catch(cutOff);
  }
  if (raw.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = raw.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(cutOff);
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(value);
  }
}

function cutOff(): never {
  throw refusal('malformed_http', 'The connection ended before the whole body arrived; send the request again.');
}

function tooLarge(maxBytes: number) {
  // The rest of the body is not read, so the connection cannot be used again.
  return refusal('body_too_large', `The body may have at most ${maxBytes} bytes.`, {
    headers: { connection: 'close' },
  });
}

/** The nesting depth and the number of object members of a JSON text, before it is parsed. Stops at the first excess. */
function sizeOf(text: string): { readonly depth: number; readonly members: number } {
  let depth = 0;
  let members = 0;
  let inString = false;
  for (let i = 0; i < text.length && depth <= DEPTH && members <= MEMBERS; i++) {
    const unit = text.charCodeAt(i);
    if (inString) {
      if (unit === 0x5c) i++;
      else if (unit === 0x22) inString = false;
    } else if (unit === 0x22) inString = true;
    else if (unit === 0x3a) members++;
    else if (unit === 0x5b || unit === 0x7b) depth++;
    else if (unit === 0x5d || unit === 0x7d) depth--;
  }
  return { depth, members };
}
