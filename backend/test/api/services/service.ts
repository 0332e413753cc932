import type { Tables } from '../requests.ts';
import { idempotent, service } from '../service.ts';

export const tables: Tables = { 'the service': service, 'idempotency keys': idempotent };
