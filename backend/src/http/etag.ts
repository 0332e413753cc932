import { type ExpectedVersions, invalid } from '@curlew/core/kernel';

/** A strong entity tag (RFC 9110, 8.8.3): `v` counts the changes of users, `d` the changes that the system derived. */
export function etagOf(version: number, derived?: number): string {
  return derived === undefined ? `"v${version}"` : `"v${version}-d${derived}"`;
}

const TAG = /^(?:W\/)?"([\u0021\u0023-\u007e\u0080-\u00ff]*)"$/;
// An element of a list of tags: a tag in quotes may contain commas (RFC 9110, 8.8.3).
const ELEMENT = /(?:[^",]|"[^"]*"?)+/g;

/**
 * The versions that `If-Match` accepts. `*` accepts any, as does no header. Only `v` is compared (ADR 0004), also of a
 * tag that a proxy has weakened, because it still names a version. Foreign tags match nothing. Throws `invalid_request` if the header is not a list of entity tags.
 */
export function expectedVersions(ifMatch: string | undefined): ExpectedVersions {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  return tagsOf(ifMatch, 'If-Match').flatMap((opaque) => {
    const version = /^v(\d{1,15})(?:-d\d{1,15})?$/.exec(opaque)?.[1];
    return version === undefined ? [] : [Number(version)];
  });
}

/** Whether `If-None-Match` names the tag, by weak comparison (RFC 9110, 13.1.2): then the answer is 304. */
export function matchesEtag(ifNoneMatch: string, etag: string): boolean {
  if (ifNoneMatch.trim() === '*') return true;
  return tagsOf(ifNoneMatch, 'If-None-Match').some((opaque) => `"${opaque}"` === etag);
}

/** The tags of a list, without quotes. Empty elements of the list are ignored (RFC 9110, 5.6.1.2). */
function tagsOf(list: string, header: string): string[] {
  const elements = (list.match(ELEMENT) ?? []).filter((element) => element.trim() !== '');
  return elements.map((part) => {
    const match = TAG.exec(part.trim());
    if (match === null) {
      const message = `Must be * or a list of entity tags such as "v7", in quotes.`;
      throw invalid([{ pointer: `/header/${header}`, code: 'invalid_format', message }]);
    }
    return match[1] ?? '';
  });
}
