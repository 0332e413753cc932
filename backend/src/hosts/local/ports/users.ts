import { givePassword } from '@curlew/core/session';
import { firstAdmin as makeFirstAdmin } from '@curlew/core/user';
import {
  sqliteApiKeyStore,
  sqliteAuditLog,
  sqliteOrganizationStore,
  sqliteUserStore,
} from '../../../adapters/sqlite/index.ts';
import { keySecrets } from '../../key-secrets.ts';
import type { LocalHost } from '../platform/local-host.ts';

export const users = ({ database }: LocalHost) => sqliteUserStore(database);
export const organizations = ({ database }: LocalHost) => sqliteOrganizationStore(database);
export const firstAdmin = () => makeFirstAdmin;
export const setPassword =
  ({ sessions: { sessions, passwords }, runtime: { wallNow } }: LocalHost) =>
  (organizationId: string, user: { id: string; email: string | null }, password: string) =>
    givePassword({ sessions, passwords, now: wallNow }, organizationId, user, password, '/admin/password');
export const apiKeys = ({ database }: LocalHost) => sqliteApiKeyStore(database);
export const apiKeySecrets = () => keySecrets;
export const audit = ({ database }: LocalHost) => sqliteAuditLog(database);
