import { type Actor, lowestRole } from '../kernel/index.ts';
import type { UserRecord, UserStore } from '../user/index.ts';
import type { ApiKeyRecord } from './api-key.ts';
import { findLineage } from './key-lineage.ts';
import type { ApiKeyStore } from './ports.ts';

interface Ports {
  readonly keys: Pick<ApiKeyStore, 'find'>;
  readonly users: Pick<UserStore, 'find'>;
}

/**
 * The actor of a key at `now` (ISO 8601); undefined if the key is not valid. A key has no more rights than its user,
 * its creator and every key that it was created with, each as they are now, and no more than its creator had. It is not
 * valid if one of these users is not active, or if one of these keys is not valid.
 */
export async function findKeyActor(ports: Ports, record: ApiKeyRecord, now: string): Promise<Actor | undefined> {
  const { organizationId, apiKey } = record;
  if (!isCurrent(record, now)) return undefined;
  const lineage = await findLineage(ports, record);
  if (lineage === undefined || !lineage.every((one) => isCurrent(one, now))) return undefined;
  const users = await findActiveUsers(
    ports,
    organizationId,
    lineage.flatMap((one) => [one.apiKey.userId, one.apiKey.createdById]),
  );
  const owner = users?.get(apiKey.userId);
  if (users === undefined || owner === undefined) return undefined;
  // Only the operator creates keys of the operator. Earlier versions let admins create them; such a key is not valid.
  const isForeign = ({ apiKey: { userId, createdById } }: ApiKeyRecord) =>
    userId !== createdById && users.get(userId)?.operator === true;
  if (lineage.some(isForeign)) return undefined;
  const roles = [
    ...[...users.values()].map(({ user }) => user.role),
    ...lineage.flatMap(({ createdByRole }) => createdByRole ?? []),
  ];
  return {
    organizationId,
    userId: apiKey.userId,
    role: lowestRole(roles),
    ...(owner.operator && lineage.every(({ operator }) => operator) ? { operator: true } : {}),
    keyId: apiKey.id,
    ...(apiKey.expiresAt === null ? {} : { keyExpiresAt: apiKey.expiresAt }),
    scopes: apiKey.scopes,
  };
}

function isCurrent({ apiKey: { expiresAt }, revokedAt }: ApiKeyRecord, now: string): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now);
}

/** Undefined if one of the users is not active. */
async function findActiveUsers(
  { users }: Ports,
  organizationId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, UserRecord> | undefined> {
  const found = await Promise.all([...new Set(ids)].map((id) => users.find(organizationId, id)));
  const active = found.flatMap((one) =>
    one?.user.active && one.deletedAt === null ? [[one.user.id, one] as const] : [],
  );
  return active.length === found.length ? new Map(active) : undefined;
}
