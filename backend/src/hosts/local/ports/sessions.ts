import type { LocalHost } from '../platform/local-host.ts';

export const sessions = (host: LocalHost) => host.sessions.sessions;
export const passwords = (host: LocalHost) => host.sessions.passwords;
export const accessTokens = (host: LocalHost) => host.sessions.tokens;
export const sessionSecrets = (host: LocalHost) => host.sessions.secrets;
export const publicKeys = (host: LocalHost) => host.sessions.publicKeys;
