import { decodeJwt } from 'jose';

/** The issuer that a token names; undefined if the text is no token. Does not check the signature. */
export function issuerOf(text: string): string | undefined {
  try {
    return decodeJwt(text).iss;
  } catch {
    return undefined;
  }
}
