import type { Context } from '../kernel/index.ts';
import type { MakeFirstAdmin, OrganizationStore, SetPassword } from './ports.ts';

/** The dependencies of each verb of organizations. */
export interface OrganizationDeps {
  readonly ctx: Context;
  readonly organizations: OrganizationStore;
  readonly firstAdmin: MakeFirstAdmin;
  /** Absent where people sign in elsewhere. */
  readonly setPassword?: SetPassword;
}
