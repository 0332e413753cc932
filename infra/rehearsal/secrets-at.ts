import { secretsClient } from '../../backend/src/adapters/secrets-manager/index.ts';
import { CREDENTIALS, REGION } from '../../rehearsal/aws/cloud.ts';

/** Secrets Manager of the stand-in, as the commands of Curlew use it. */
export const secretsAt = (endpoint: string) => secretsClient({ endpoint, region: REGION, credentials: CREDENTIALS });
