import type { AuditEntry } from '../kernel/index.ts';
import type { SignInAttempt } from './lock-out.ts';
import type { SessionRecord } from './session.ts';

/** An organization that a person may sign in to, and the person's user id there. */
export interface Membership {
  readonly organizationId: string;
  readonly userId: string;
}

/** A membership of a user who has a password. */
export interface Credential extends Membership {
  readonly hash: string;
}

/** A network that signed in to an account, and so is known for this account until `expiresAt` (ISO 8601). */
interface KnownNetwork {
  /** See `networkOf`; empty if it is unknown. */
  readonly network: string;
  readonly expiresAt: string;
}

export const PASSWORD_TOKEN_KINDS = ['invitation', 'reset'] as const;
export type PasswordTokenKind = (typeof PASSWORD_TOKEN_KINDS)[number];

/** A password token as a store saves it. */
export interface PasswordTokenRecord {
  readonly organizationId: string;
  readonly userId: string;
  readonly kind: PasswordTokenKind;
  readonly digest: string;
  readonly expiresAt: string;
}

/** Makes the audit entry of an API key that the store revokes. */
export type KeyRevocation = (key: { readonly id: string; readonly userId: string }) => AuditEntry;

/** A new password for a user, as a hash. */
interface NewCredential {
  readonly organizationId: string;
  readonly userId: string;
  readonly hash: string;
  readonly now: string;
  /** The session that stays; all other sessions of the user end. */
  readonly keptSessionId?: string;
  /** Digest of the password token that this change uses up. */
  readonly tokenDigest?: string;
  /** The hash of the present password, which this change replaces. */
  readonly presentHash?: string;
  /** Absent if the API keys that the user created stay valid. */
  readonly revocation?: KeyRevocation;
  /** Absent for the first password of an account, which the account's own audit entry covers. */
  readonly audit?: AuditEntry;
}

/**
 * Stores sessions and passwords. A deleted user loses both. A deactivated user loses the sessions. A user with a new
 * address loses the password token that was sent to the old address.
 *
 * An audit entry is written in the transaction of its change.
 */
export interface SessionStore {
  /**
   * The organizations in which the address belongs to an active user with a password, at most 20. This is the only
   * method that searches all organizations, so that a user can sign in without naming the organization.
   */
  findMemberships(email: string): Promise<readonly Credential[]>;

  /** The hash of the user's password; undefined if the user has none. */
  findPasswordHash(organizationId: string, userId: string): Promise<string | undefined>;

  /**
   * Sets the password, ends the user's sessions, removes the user's password token and the tokens that the user created,
   * and with `revocation` revokes the API keys that the user created while signed in, and the keys created with these;
   * all in one transaction. Resolves
   * with false and changes nothing if `tokenDigest` is given and is not the digest of the user's valid token, or if
   * `presentHash` is given and is not the user's hash.
   */
  setPassword(change: NewCredential): Promise<boolean>;

  /** Whether an attempt is refused at `now`, even with the right password (see `isBlocked`), for one of its networks. */
  isRefused(attempt: SignInAttempt, now: string): Promise<boolean>;

  /**
   * Records a sign-in attempt, in one transaction. Resolves with true if the password was right (`isCorrect`) and no wait
   * refuses the attempt. A wrong password is counted for the account and each of its networks; concurrent failures are
   * all counted. A successful attempt removes the failures of its narrowest network. `refusal` is written if the result is false.
   */
  recordAttempt(attempt: SignInAttempt, isCorrect: boolean, now: string, refusal?: AuditEntry): Promise<boolean>;

  /** Removes the account's failed tries from all networks, after the user proved their identity in another way. */
  forgetTries(organizationId: string, account: string): Promise<void>;

  /**
   * Starts a session, ends the user's oldest sessions beyond 100, and remembers the network for the account; at most 50
   * networks of a user are remembered. Resolves with false and changes nothing if `passwordHash` is no longer the user's
   * hash, or if the user is not active.
   */
  start(session: SessionRecord, passwordHash: string, audit: AuditEntry, known?: KnownNetwork): Promise<boolean>;

  /** Whether a session of the user started from this network lately. False for the empty network. */
  isKnownNetwork(member: Membership, network: string, now: string): Promise<boolean>;

  /** The session, unless it has ended or has expired at `now`. */
  find(organizationId: string, id: string, now: string): Promise<SessionRecord | undefined>;

  /** The user's sessions that have not expired at `now`, at most 100, latest first. */
  listOf(organizationId: string, userId: string, now: string): Promise<readonly SessionRecord[]>;

  /**
   * Saves the session with its next refresh token. Resolves with false, and changes nothing, if
   * `latestDigest` is not the stored digest of the latest refresh token.
   */
  rotate(session: SessionRecord, latestDigest: string): Promise<boolean>;

  /** Ends the user's session. Resolves with false, and does not write `audit`, if the user has no such session. */
  end(organizationId: string, userId: string, id: string, audit: AuditEntry): Promise<boolean>;

  /**
   * Ends all sessions of the user. Resolves with their number, and writes `audit` unless it is 0. Removes tokens and
   * revokes API keys as `setPassword` does.
   */
  endAll(organizationId: string, userId: string, audit: AuditEntry, revocation?: KeyRevocation): Promise<number>;

  /** Stores the token. It replaces the user's earlier token. */
  putPasswordToken(token: PasswordTokenRecord, audit: AuditEntry): Promise<void>;

  /** The token, unless it has expired at `now`. */
  findPasswordToken(organizationId: string, digest: string, now: string): Promise<PasswordTokenRecord | undefined>;
}

/** The caller for whom a password is hashed. Decides about the place in the queue. */
export interface HashCaller {
  /** The networks of the caller, see `networksOf`; empty for a command on the machine itself. */
  readonly networks: readonly string[];
  /** A signed-in user, who may have one hash at a time. */
  readonly user?: string;
  /** Whether the caller is more than a stranger: signed in, or in a network from which the account was used before. */
  readonly isKnown?: boolean;
}

/**
 * Hashes passwords for storage. Hashes are slow, so callers wait in a queue. Every method throws `busy` if the queue is
 * full, and `rate_limited` if the caller's user or network has too many hashes in it.
 */
export interface Passwords {
  /** Makes a hash with a random salt, or with the salt of `like`. */
  hash(password: string, caller: HashCaller, like?: string): Promise<string>;
  /**
   * The hashes that the password matches. Hashes with one salt take the time of one hash. Without any hash the check
   * takes the same time.
   */
  verify(password: string, hashes: readonly string[], caller: HashCaller): Promise<readonly string[]>;
  /** The hash of `next`, as `hash` makes it; undefined if `password` does not match `present`. Takes one place. */
  replace(
    change: { readonly password: string; readonly present: string | undefined; readonly next: string },
    caller: HashCaller,
    like?: string,
  ): Promise<string | undefined>;
}

/** The claims in an access token. */
interface AccessClaims {
  readonly organizationId: string;
  readonly userId: string;
  readonly sessionId: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** The access tokens that this service issues. */
export interface AccessTokens {
  /** Signs a token with these claims, valid from now on. */
  issue(claims: AccessClaims): Promise<string>;
  /** Whether the text is a token that names this issuer. Does not check the signature. */
  namesIssuer(text: string): boolean;
  /** The claims of a token that was signed here and has not expired; undefined for any other text. */
  verify(text: string): Promise<AccessClaims | undefined>;
}

/** The access tokens of an external identity provider that the operator trusts. */
export interface IssuerTokens {
  /** Whether the text is a token that names this issuer. Does not check the signature. */
  namesIssuer(text: string): boolean;
  /**
   * The user in a token that the provider signed for this service and that has not expired; undefined for any other
   * text. Throws `unavailable`.
   */
  verify(text: string): Promise<Omit<AccessClaims, 'sessionId'> | undefined>;
}

/** Makes secrets that are shown once and stored as digests. */
export interface SessionSecrets {
  /** Makes a random secret of at least 128 bits, from letters, digits, - and _. */
  make(): string;
  /** A one-way digest: the same for the same text. */
  digest(text: string): string;
  /** The secret that follows a token: the same for the same token, and unknown to the token's holder. */
  successor(token: string): string;
}
