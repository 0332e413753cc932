import { sqliteTaskStore } from '../../../adapters/sqlite/index.ts';
import type { LocalHost } from '../local-host.ts';

export const tasks = ({ database }: LocalHost) => sqliteTaskStore(database);
