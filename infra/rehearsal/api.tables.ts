import { everyTable } from '../../backend/test/api/every-table.ts';
import { manyAtOnce } from '../../backend/test/api/many-at-once.ts';
import { deployedHost } from './deployed-host.ts';

everyTable(() => deployedHost());
manyAtOnce(() => deployedHost());
