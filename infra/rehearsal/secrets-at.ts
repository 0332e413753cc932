import { secretsClient } from '../../backend/src/adapters/secrets-manager/index.ts';
import { CREDENTIALS, REGION } from '../../rehearsal/aws/cloud.ts';

/** The Secrets Manager client of Curlew's commands, connected to the stand-in. */
export const secretsAt = (endpoint: string) => secretsClient({ endpoint, region: REGION, credentials: CREDENTIALS });
