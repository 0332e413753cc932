import type { Json } from '../../rehearsal/aws/json-call.ts';
import { leastPrivilege } from '../../rehearsal/deployed/least-privilege.ts';
import { readDeployed } from '../../rehearsal/read-deployed.ts';
import type { Deployment } from './deployment.ts';

const COMPLAINT = 'The printer is broken and the hotline never answers. It is an awful day for the whole team.';
/** A text above the size limit of one Comprehend call. */
const LONG = `${COMPLAINT}\n\n`.repeat(80);

/** Enables text analysis by Comprehend and checks it. Returns the failed checks. */
export async function withComprehend({ cloud, api, terraform, outputs, serve }: Deployment): Promise<string[]> {
  await terraform.apply({ text_analysis: '{"provider":"comprehend"}' });
  const deployed = await readDeployed(cloud, api, outputs.api_invoke_url);
  const runner = await serve(deployed);
  const url = `${runner.url}${new URL(outputs.api_invoke_url).pathname.replace(/\/$/, '')}/v1`;
  const key = await runner.newAdminKey();
  const headers = { 'x-api-key': key, 'content-type': 'application/json' };
  const wrong: string[] = [];

  async function callApi(path: string, body?: object): Promise<Json> {
    const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(url + path, init);
    const answer = await response.json();
    if (!response.ok) wrong.push(`${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }
  function expectAnalysis(subject: string, found: { analyzer?: object; sentiment?: { label?: string } } | null): void {
    const { analyzer, sentiment } = found ?? {};
    const isRight = JSON.stringify(analyzer).includes('"name":"comprehend"') && sentiment?.label === 'NEGATIVE';
    if (!isRight) wrong.push(`${subject}: ${JSON.stringify({ analyzer, sentiment })}`);
  }

  for (const [length, text] of Object.entries({ short: COMPLAINT, long: LONG })) {
    expectAnalysis(`a ${length} text`, await callApi('/analyses', { text }));
    const { id } = await callApi('/tickets', { title: 'Printer', description: text });
    await runner.settled();
    expectAnalysis(`a ${length} ticket`, (await callApi(`/tickets/${id}`)).triage);
  }
  const { missing, unused } = leastPrivilege(deployed.functions, deployed.mappings, runner.calls.counts());
  return [...wrong, ...missing, ...unused.filter((one) => one.includes(' comprehend:'))];
}
