import { sqliteOrganizationStore } from '../../../adapters/sqlite/index.ts';
import { triageContext as contextOf } from '../../triage-context.ts';
import { triageSettingsOf } from '../../triage-settings.ts';
import type { LocalHost } from '../platform/local-host.ts';

export const triager = (host: LocalHost) => host.triager;
export const triageSettings = ({ database }: LocalHost) => triageSettingsOf(sqliteOrganizationStore(database));
export const triageContext = ({ runtime }: LocalHost) => contextOf(runtime);
