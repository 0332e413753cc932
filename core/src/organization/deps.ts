import type { Context } from '../kernel/index.ts';
import type { MakeFirstAdmin, OrganizationStore, SetPassword } from './ports.ts';

/** The dependencies of each operation on organizations. */
export interface OrganizationDeps {
  readonly ctx: Context;
  readonly organizations: OrganizationStore;
  readonly firstAdmin: MakeFirstAdmin;
  /** Absent if users sign in with another identity provider. */
  readonly setPassword?: SetPassword;
}
