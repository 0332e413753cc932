import type { Cloud } from '../../rehearsal/aws/cloud.ts';
import type { Deployed } from '../../rehearsal/read-deployed.ts';
import type { Runner } from './runner.ts';
import type { Outputs, Terraform } from './terraform.ts';

/** A deployed environment that a check applies again with other options. */
export interface Deployment {
  readonly cloud: Cloud;
  readonly api: 'http' | 'rest';
  readonly terraform: Pick<Terraform, 'apply'>;
  readonly outputs: Outputs;
  /** Starts the deployed API and functions. The scenario stops the runner after the check. */
  serve(deployed: Deployed): Promise<Runner>;
}
