import { CREDENTIALS, REGION } from '../../rehearsal/aws/cloud.ts';
import { run } from '../../rehearsal/processes/children.ts';
import type { DeployedHost } from './deployed-host.ts';

/** Runs the operator's command `npm run curlew -- replay dev` with these options. Throws its output if it fails. */
export async function replayEvents({ facts }: DeployedHost, ...words: string[]): Promise<string> {
  const script = new URL('../../cli/main.ts', import.meta.url).pathname;
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: facts.cloudUrl,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  };
  const { status, output } = await run(process.execPath, [script, 'replay', 'dev', ...words], { env });
  if (status !== 0) throw new Error(`replay ended with ${status}:\n${output}`);
  return output;
}
