import { everyTable } from '../../backend/test/api/every-table.ts';
import { manyAtOnce } from '../../backend/test/api/many-at-once.ts';
import { deployedHost, deployedOrganization } from './deployed-host.ts';

everyTable(() => deployedHost(), deployedOrganization);
manyAtOnce(() => deployedHost());
