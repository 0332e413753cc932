import type { Passwords } from '@curlew/core/session';
import type { UserStore } from '@curlew/core/user';
import {
  type IssuerSetup,
  joseAccessTokens,
  newStoredKey,
  publicKeys,
  type SigningKey,
  signingKey,
} from '../../adapters/jose/index.ts';
import { scryptPasswords } from '../../adapters/scrypt/index.ts';
import {
  type Database,
  type SqliteSessionStore,
  sqliteSessionStore,
  storedSecret,
} from '../../adapters/sqlite/index.ts';
import type { SessionPorts } from '../../http/sessions.ts';
import { sessionSecrets } from '../session-secrets.ts';

/** How people sign in, where they have to. */
export interface SignInSetup {
  /** Where callers find this server: the issuer of its tokens. */
  readonly url: string | undefined;
  keys(): readonly SigningKey[];
  /** Of the first admin, for a start that finds them without. */
  readonly admin: { readonly email: string; readonly password: string | undefined };
  /** Who else may say who asks. */
  readonly issuer?: IssuerSetup | undefined;
  /** For tests, which have no time for those that are hard to guess. */
  readonly passwords?: Passwords;
}

/** What sessions need, on one machine. `now` is ISO 8601. */
export async function sessionsOn(
  database: Database,
  users: UserStore,
  setup: Pick<SignInSetup, 'url' | 'keys' | 'passwords'>,
  now: () => string,
): Promise<SessionPorts & { readonly sessions: SqliteSessionStore }> {
  const clock = { keys: setup.keys, now: () => Date.parse(now()) };
  return {
    users,
    sessions: sqliteSessionStore(database),
    passwords: setup.passwords ?? scryptPasswords(),
    tokens: joseAccessTokens({ ...clock, issuer: setup.url ?? (await ownName(database)) }),
    secrets: sessionSecrets,
    publicKeys: () => publicKeys(clock),
  };
}

/** Keys for as long as the process lives. */
export async function keysInMemory(): Promise<() => readonly SigningKey[]> {
  const keys = [signingKey(await newStoredKey(new Date().toISOString()))];
  return () => keys;
}

/** A name for a server that does not know its address; the same as long as its database lives. */
async function ownName(database: Database): Promise<string> {
  const bytes = await storedSecret(database, 'installation_id');
  return `urn:curlew:${Buffer.from(bytes).subarray(0, 16).toString('hex')}`;
}
