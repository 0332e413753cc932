import { sqliteTaskStore } from '../../../adapters/sqlite/index.ts';
import type { LocalHost } from '../platform/local-host.ts';

export const tasks = ({ database }: LocalHost) => sqliteTaskStore(database);
