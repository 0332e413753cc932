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
  sqliteAuditLog,
  sqliteSessionStore,
  storedSecret,
} from '../../adapters/sqlite/index.ts';
import type { SessionPorts } from '../../http/sessions.ts';
import { sessionSecrets } from '../session-secrets.ts';

/** The settings for sign-in. In open mode there are none. */
export interface SignInSetup {
  /** The public address of this server, which its tokens name as their issuer. */
  readonly url: string | undefined;
  keys(): readonly SigningKey[];
  /** The address and password that the first admin gets if they are missing. */
  readonly admin: { readonly email: string; readonly password: string | undefined };
  /** An external OpenID Connect issuer whose tokens the server accepts too. */
  readonly issuer?: IssuerSetup | undefined;
  /** Lets tests use a fast password hash. The default hash is slow on purpose. */
  readonly passwords?: Passwords;
}

/** The ports for sessions on one machine. `now` returns ISO 8601. */
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
    secrets: sessionSecrets(await storedSecret(database, 'refresh_secret')),
    audit: sqliteAuditLog(database),
    publicKeys: () => publicKeys(clock),
  };
}

/** Creates a signing key that is never stored. Its tokens are valid only until the process ends. */
export async function keysInMemory(): Promise<() => readonly SigningKey[]> {
  const keys = [signingKey(await newStoredKey(new Date().toISOString()))];
  return () => keys;
}

/** The issuer name of a server without a configured address. It stays the same as long as the database exists. */
async function ownName(database: Database): Promise<string> {
  const bytes = await storedSecret(database, 'installation_id');
  return `urn:curlew:${Buffer.from(bytes).subarray(0, 16).toString('hex')}`;
}
