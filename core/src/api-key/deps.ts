import type { Context } from '../kernel/index.ts';
import type { UserStore } from '../user/index.ts';
import type { ApiKeyStore, KeySecrets } from './ports.ts';

/** The dependencies of each operation on API keys. */
export interface ApiKeyDeps {
  readonly ctx: Context;
  readonly keys: ApiKeyStore;
  readonly secrets: KeySecrets;
  readonly users: Pick<UserStore, 'find'>;
}
