import { run } from '../../rehearsal/children.ts';
import { CREDENTIALS, REGION } from '../../rehearsal/deployed/cloud.ts';
import type { DeployedHost } from './deployed-host.ts';

/** `npm run replay-events -- dev` with these words, as an operator runs it. Throws what it said when it failed. */
export async function replayEvents({ facts }: DeployedHost, ...words: string[]): Promise<string> {
  const script = new URL('../deploy/replay-events.ts', import.meta.url).pathname;
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: facts.cloudUrl,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  };
  const { status, output } = await run(process.execPath, [script, 'dev', ...words], { env });
  if (status !== 0) throw new Error(`replay-events ended with ${status}:\n${output}`);
  return output;
}
