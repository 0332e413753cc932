import type { ApiHost } from './host.ts';
import { SERVICE_TESTS } from './requests.ts';
import { apiTable } from './table.ts';

/** Every table of the API, against one kind of host. `open` gives an empty one. */
export function everyTable(open: () => Promise<ApiHost>): void {
  for (const { tables } of SERVICE_TESTS) {
    for (const [title, rows] of Object.entries(tables)) apiTable(title, open, rows);
  }
}
