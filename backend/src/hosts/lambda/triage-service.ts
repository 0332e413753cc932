import type { TriageDeps } from '@curlew/core/ticket';
import type { Dynamo } from '../../adapters/dynamodb/client.ts';
import { dynamoOrganizationLookup } from '../../adapters/dynamodb/organization-store.ts';
import { dynamoTicketStore } from '../../adapters/dynamodb/ticket-store.ts';
import { bind } from '../../http/app.ts';
import { triageRoutes } from '../../http/triage.ts';
import { triageSettingsOf } from '../triage-settings.ts';
import type { TriageConfig } from './config.ts';
import { lazyTriager } from './lazy-triager.ts';
import type { Report } from './triager-of.ts';
import type { ServiceWiring } from './wire.ts';

/** Apart from the other services, so that only the packages that name it carry the models. */
export const triageService: ServiceWiring = async (db, config, log) =>
  bind(
    triageRoutes,
    triagePorts(db, config.triage, (message, error) => log({ level: 'error', message, requestId: '', error })),
  );

export function triagePorts(db: Dynamo, config: TriageConfig, report: Report): Omit<TriageDeps, 'ctx'> {
  return {
    tickets: dynamoTicketStore(db),
    triager: lazyTriager(config, report),
    settings: triageSettingsOf(dynamoOrganizationLookup(db)),
  };
}
