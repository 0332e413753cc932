import type { Context } from '../kernel/index.ts';
import type { UserStore } from './ports.ts';

/** The dependencies of each operation on users. */
export interface UserDeps {
  readonly ctx: Context;
  readonly users: UserStore;
}
