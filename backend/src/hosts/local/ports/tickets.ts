import { sqliteTicketStore, sqliteUserStore } from '../../../adapters/sqlite/index.ts';
import { peoplePort } from '../../people.ts';
import type { LocalHost } from '../platform/local-host.ts';

export const tickets = ({ database }: LocalHost) => sqliteTicketStore(database);
export const people = ({ database }: LocalHost) => peoplePort(sqliteUserStore(database));
export const ticketLookup = ({ database }: LocalHost) => {
  const store = sqliteTicketStore(database);
  return {
    async exists(organizationId: string, ticketId: string) {
      const found = await store.find(organizationId, ticketId);
      return found !== undefined && found.deletedAt === null;
    },
  };
};
