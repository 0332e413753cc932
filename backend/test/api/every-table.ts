import type { ApiHost } from './host.ts';
import { SERVICE_TESTS } from './requests.ts';
import { apiTable } from './table.ts';

/** The tables whose caller is the operator, or that are about the default organization. */
const BY_OPERATOR = new Set(['triage', 'API keys', 'organizations', 'the service', 'idempotency keys']);

/**
 * Every table of the API, against one kind of host. `open` gives an empty one with the operator as caller;
 * `openOrganization` may give a host with other organizations, and the admin of a new one as caller.
 */
export function everyTable(open: () => Promise<ApiHost>, openOrganization = open): void {
  for (const { tables } of SERVICE_TESTS) {
    for (const [title, rows] of Object.entries(tables)) {
      apiTable(title, BY_OPERATOR.has(title) ? open : openOrganization, rows);
    }
  }
}
