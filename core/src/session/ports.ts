import type { AuditEntry } from '../kernel/index.ts';
import type { SignInAttempt } from './lock-out.ts';
import type { SessionRecord } from './session.ts';

/** Where somebody may sign in. */
export interface Membership {
  readonly organizationId: string;
  readonly userId: string;
}

export const PASSWORD_TOKEN_KINDS = ['invitation', 'reset'] as const;
export type PasswordTokenKind = (typeof PASSWORD_TOKEN_KINDS)[number];

/** What lets its bearer set a user's password, once. */
export interface PasswordTokenRecord {
  readonly organizationId: string;
  readonly userId: string;
  readonly kind: PasswordTokenKind;
  readonly digest: string;
  readonly expiresAt: string;
}

export interface NewCredential {
  readonly organizationId: string;
  readonly userId: string;
  readonly hash: string;
  readonly now: string;
  /** The session that goes on; all others of the user end. */
  readonly keeping?: string;
  /** Digest of the password token that is used up by it. */
  readonly token?: string;
  /** The hash that it takes the place of. */
  readonly passwordHash?: string;
  /** Absent for the first password of an account, which the entry of the account covers. */
  readonly audit?: AuditEntry;
}

/**
 * Sessions and passwords. Users who are deleted lose both, users who are not active any more their sessions, and with
 * another address one loses the password token that went to the one before.
 *
 * Audit entries are written in the transaction of the change that they are about: never one without the other.
 */
export interface SessionStore {
  /**
   * The organizations in which the address belongs to an active user with a password, at most 20. The one method that
   * looks into all organizations: who signs in need not know the name of theirs.
   */
  membershipsOf(email: string): Promise<readonly Membership[]>;

  /** The hash of the user's password. */
  passwordHash(organizationId: string, userId: string): Promise<string | undefined>;

  /**
   * Sets the password, ends the user's sessions and removes their password token, as one. Resolves with false, and
   * nothing is done, when a `token` is named that is not the user's live one, or a `passwordHash` that is not theirs.
   */
  setPassword(change: NewCredential): Promise<boolean>;

  /** Whether a try would be refused now, whatever it brings (see `isBlocked`): from its network, or from everywhere. */
  isRefused(tried: SignInAttempt, now: string): Promise<boolean>;

  /**
   * Decides a try to prove who one is by a password, as one. Resolves with whether it counts: it does when it `isRight`
   * and is not refused. Wrong ones are counted for their network and for the account, each of many that come at once;
   * right ones forget the failures of their network. `refusal` is written when the try does not count.
   */
  settleTry(tried: SignInAttempt, isRight: boolean, now: string, refusal?: AuditEntry): Promise<boolean>;

  /** Forgets failed tries from everywhere: who they are was proven in another way. */
  forgetTries(organizationId: string, account: string): Promise<void>;

  /**
   * Begins a session, and ends the user's oldest beyond 100. Resolves with false, and nothing is done, when
   * `passwordHash` is not the user's any more, or they are not active.
   */
  start(session: SessionRecord, passwordHash: string, audit: AuditEntry): Promise<boolean>;

  /** A session that has not ended; one that has expired at `now` has. */
  find(organizationId: string, id: string, now: string): Promise<SessionRecord | undefined>;

  /** The user's sessions, at most 100, the latest first. */
  listOf(organizationId: string, userId: string, now: string): Promise<readonly SessionRecord[]>;

  /** Gives the session its next refresh token. Resolves with false when `turnDigest` is not that of its latest. */
  turn(session: SessionRecord, turnDigest: string): Promise<boolean>;

  /** Ends the session, if it is there and the user's. Resolves with whether it was; only then `audit` is written. */
  end(organizationId: string, userId: string, id: string, audit: AuditEntry): Promise<boolean>;

  /** Ends all sessions of the user. Resolves with how many there were; `audit` is written when there was one. */
  endAll(organizationId: string, userId: string, audit: AuditEntry): Promise<number>;

  /** Keeps the token, in place of the one that the user may have had. */
  putPasswordToken(token: PasswordTokenRecord, audit: AuditEntry): Promise<void>;

  /** The token, unless it has expired at `now`. */
  findPasswordToken(organizationId: string, digest: string, now: string): Promise<PasswordTokenRecord | undefined>;
}

/** Makes of a password what may be stored. Both throw `busy` when too many wait, or one for the same `asker` does. */
export interface Passwords {
  hash(password: string, asker?: string): Promise<string>;
  /** Without a hash it takes as long as with one, and resolves with false. */
  verify(password: string, hash: string | undefined, asker?: string): Promise<boolean>;
}

/** What an access token says. */
export interface AccessClaims {
  readonly organizationId: string;
  readonly userId: string;
  readonly sessionId: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

export interface AccessTokens {
  /** Signs a token that says so from now on. */
  issue(claims: AccessClaims): Promise<string>;
  /** Whether the text claims to be one of these; nothing is checked. */
  isOne(text: string): boolean;
  /** What a token says that was signed here and has not expired; undefined for anything else. */
  verify(text: string): Promise<AccessClaims | undefined>;
}

/** Access tokens that somebody else issues, whom the operator trusts with saying who asks. */
export interface IssuerTokens {
  /** Whether the text claims to be one of these; nothing is checked. */
  isOne(text: string): boolean;
  /** Whom a token names that the issuer has signed for us; undefined for anything else. Throws `unavailable`. */
  verify(text: string): Promise<Omit<AccessClaims, 'sessionId'> | undefined>;
}

/** Secrets that are shown once and stored as digests. */
export interface SessionSecrets {
  /** At least 128 bits, in letters, digits, - and _. */
  make(): string;
  /** The same for the same text; does not lead back to it. */
  digest(text: string): string;
}
