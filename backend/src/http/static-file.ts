import { hash } from 'node:crypto';
import type { Reply } from './reply.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A file that is the same for every caller. It stays in memory, and all responses share its bytes. */
export interface StaticFile {
  readonly bytes: Bytes;
  /** The same bytes compressed with gzip, if the host compresses. Behind API Gateway a binary body needs base64. */
  readonly gzip?: Bytes;
  /** A digest of the bytes, without quotes. */
  readonly digest: string;
}

export function staticFile(bytes: Bytes, gzip?: Bytes): StaticFile {
  return { bytes, digest: hash('sha256', bytes, 'base64url').slice(0, 22), ...(gzip && { gzip }) };
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  yaml: 'application/yaml',
};

function mediaTypeOf(name: string): string {
  return MEDIA_TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}

/**
 * The response with a static file: compressed if the caller accepts it, and with a strong ETag for each encoding. Its
 * name does not change with its content, so caches ask again after an hour.
 */
export function fileReply(
  name: string,
  { bytes, gzip, digest }: StaticFile,
  header: (name: string) => string | undefined,
): Reply {
  const headers = {
    'content-type': mediaTypeOf(name),
    'cache-control': 'public, max-age=3600',
    ...(gzip && { vary: 'Accept-Encoding' }),
  };
  if (gzip === undefined || !acceptsGzip(header('accept-encoding'))) {
    return { status: 200, headers: { ...headers, etag: `"${digest}"` }, body: bytes };
  }
  return { status: 200, headers: { ...headers, etag: `"${digest}-gzip"`, 'content-encoding': 'gzip' }, body: gzip };
}

/** Whether an `Accept-Encoding` header names gzip, without the weight 0 (RFC 9110, 12.5.3). */
function acceptsGzip(accepted = ''): boolean {
  return accepted
    .toLowerCase()
    .split(',')
    .some((part) => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/.test(part));
}
