import type { RequestsOf, Tables } from '../requests.ts';
import { idempotent, service, serviceRequests } from '../service.ts';

export const requests: RequestsOf<'service'> = serviceRequests;

export const tables: Tables = { 'the service': service, 'idempotency keys': idempotent };
