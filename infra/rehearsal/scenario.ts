import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { smallComprehend } from '../../backend/test/small-comprehend.ts';
import { cloudAt } from '../../rehearsal/aws/cloud.ts';
import { listResources } from '../../rehearsal/aws/list-resources.ts';
import { startAwsFront } from '../../rehearsal/aws-front.ts';
import { eventBus } from '../../rehearsal/bus/event-bus.ts';
import { leastPrivilege } from '../../rehearsal/deployed/least-privilege.ts';
import { startDynoxide } from '../../rehearsal/dynamodb/start-dynoxide.ts';
import type { Invocation } from '../../rehearsal/functions/function-process.ts';
import { packagesByHash } from '../../rehearsal/functions/packages-by-hash.ts';
import { type Identity, startIdentity } from '../../rehearsal/identity.ts';
import { removeFolder, temporaryFolder } from '../../rehearsal/processes/children.ts';
import { type Deployed, readDeployed } from '../../rehearsal/read-deployed.ts';
import { type Check, checkLine, type ScenarioReport } from '../../rehearsal/report.ts';
import { startMoto } from '../../rehearsal/start-moto.ts';
import { nextSigningKey } from '../deploy/next-signing-key.ts';
import { withComprehend } from './comprehend.ts';
import { type DeploymentFacts, startControl } from './control.ts';
import { withGatewayAuthorizer } from './gateway-authorizer.ts';
import { type Scenario, titleOf } from './options.ts';
import { runApiTables } from './run-api-tables.ts';
import { type Runner, startRunner } from './runner.ts';
import { secretsAt } from './secrets-at.ts';
import { secretsInLogs } from './secrets-in-logs.ts';
import { terraformOn } from './terraform.ts';

export interface Rehearsal {
  readonly project: string;
  /** Folder for the logs and the report. */
  readonly reports: string;
  readonly port: number;
  /** Prints a line of progress. */
  print(line: string): void;
  /** Called when the API is ready. The checks start after the returned promise resolves. */
  serving?(served: { url: string; control: string; logs: string; facts: DeploymentFacts }): Promise<void>;
}

/**
 * Deploys, runs, checks and destroys one variant of the system. Failed checks are in the report. Throws if a step of
 * the rehearsal itself fails, such as the deployment.
 */
export async function rehearse(
  scenario: Scenario,
  { project, reports, port, print, serving }: Rehearsal,
): Promise<ScenarioReport> {
  const folder = temporaryFolder();
  const checks: Check[] = [];
  const seconds: [string, number][] = [];

  async function timed<Value>(step: string, work: () => Promise<Value>): Promise<Value> {
    const started = performance.now();
    const value = await work();
    const taken = (performance.now() - started) / 1000;
    seconds.push([step, taken]);
    print(`${step}: ${taken.toFixed(1)} s`);
    return value;
  }
  function check(name: string, ok: boolean, detail = ''): void {
    checks.push({ name, ok, detail });
    print(checkLine({ name, ok, detail }));
  }
  const checkEmpty = (name: string, found: readonly string[]) => check(name, found.length === 0, found.join('\n'));

  const [moto, dynamoDb] = await timed('start the stand-ins', () => Promise.all([startMoto(folder), startDynoxide()]));
  const reader = await smallComprehend();
  const aws = await startAwsFront(moto.url, dynamoDb.url, reader.config.endpoint);
  let running: Runner | undefined;
  let identity: Identity | undefined;
  try {
    const cloud = cloudAt(aws.url);
    const before = new Set(await listResources(cloud));
    const { api, layout, stage, signingSecret } = scenario;
    const logs = join(reports, [api, layout, stage.replace('$', '')].join('-'));
    rmSync(logs, { recursive: true, force: true });
    mkdirSync(logs, { recursive: true });
    const log = join(logs, 'terraform.log');
    // The API test tables expect the results of the embedded analyser.
    const analysis = { text_analysis: '{"provider":"embedded"}' };
    const chosen = { api, layout, auth: 'required', signing_secret: signingSecret, ...analysis };
    const variables = { ...chosen, ...(stage !== '$default' && { stage }) };
    const terraform = await timed('terraform init', () => terraformOn(aws.url, { project, folder, log, variables }));
    await timed('terraform apply', () => terraform.apply());
    const outputs = await terraform.outputs();
    if (outputs.signing_secret !== '')
      await nextSigningKey(secretsAt(aws.url), outputs.signing_secret, { onlyFirst: true });

    const deployed = await readDeployed(cloud, api, outputs.api_invoke_url);
    const refusals = deployed.rules.flatMap(({ arn, targets }) =>
      targets.flatMap(({ functionName, isAllowed, deadLetters }) => [
        ...(isAllowed ? [] : [`${functionName} refuses ${arn}`]),
        ...(deadLetters?.isAllowed
          ? []
          : [`${arn} has no dead-letter queue that accepts its events for ${functionName}`]),
      ]),
    );
    checkEmpty('functions and dead-letter queues accept the events of their rules', refusals);
    const shortNames = new Map(Object.entries(outputs.function_names).map(([short, name]) => [name, short]));
    const packages = packagesByHash(join(project, 'dist'));
    const preToken = (event: object): Promise<Invocation> =>
      (running as Runner).invoke(outputs.function_names['pre-token'] ?? '', event);
    identity = outputs.sign_in === null ? undefined : await startIdentity(aws.url, outputs.sign_in, preToken);
    const published = identity === undefined ? {} : { identity: identity.url };
    const common = { cloud, dynamoDb, shortNames, packages, folder, logs, port, ...published };
    const serve = async (now: Deployed): Promise<Runner> => {
      running = await startRunner({ ...common, deployed: now });
      return running;
    };
    const stopServing = async () => {
      await running?.stop();
      running = undefined;
    };
    const runner = await timed('start the runner', () => serve(deployed));
    const now = () => running as Runner;
    aws.invokeBy({
      invoke: (name, event) => now().invoke(name, event),
      invokeLater: (name, event) => now().invokeLater(name, event),
    });
    aws.putEventsBy(
      eventBus(deployed.rules, deployed.accountId, {
        call: (name, event) => now().call(name, event),
        giveUp: async (QueueUrl, event) => {
          await cloud.queues.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }));
        },
      }),
    );
    check('each function runs from the zip that was deployed', true, `${deployed.functions.length} functions`);
    const facts: DeploymentFacts = {
      functions: [...shortNames.values()],
      basePath: new URL(outputs.api_invoke_url).pathname.replace(/\/$/, ''),
      cloudUrl: aws.url,
      adminKey: await runner.newAdminKey(),
      pool: outputs.sign_in,
      filesBucket: outputs.files_bucket,
      signingSecret: outputs.signing_secret,
      deadLetterQueueUrls: outputs.dead_letter_queue_urls,
    };
    const control = await startControl(runner, facts, identity);
    if (serving !== undefined) await serving({ url: runner.url, control: control.url, logs, facts });

    const tables = await timed('the tables of the API', () =>
      runApiTables(project, { url: runner.url, control: control.url, aws: aws.url, folder }),
    );
    check('the tables of the API', tables.ok, tables.detail);
    await runner.settled().catch((error: Error) => check('all streams and invocations end', false, error.message));
    checkEmpty('the runner had no error', runner.errors);
    control.stop();
    await stopServing();

    const { missing, unused } = leastPrivilege(deployed.functions, deployed.mappings, runner.calls.counts());
    checkEmpty("every call is allowed by its function's policy", missing);
    checkEmpty('every permission is used', unused);
    const changes = await timed('terraform plan', () => terraform.changes());
    check('a second plan changes nothing', changes === undefined, changes ?? '');
    const authorizerFailures = await timed("with API Gateway's own authorizer", () =>
      withGatewayAuthorizer({ cloud, api, terraform, outputs, identity: identity as Identity, serve }),
    );
    checkEmpty('the authorizer of API Gateway requires access tokens', authorizerFailures);
    await stopServing();
    const comprehendFailures = await timed('with Comprehend', () =>
      withComprehend({ cloud, api, terraform, outputs, serve }),
    );
    checkEmpty('Comprehend analyses texts, with exactly the needed permissions', comprehendFailures);
    await stopServing();
    const called = new Set(deployed.api.routes.map(({ functionName }) => functionName));
    checkEmpty(
      "the functions' logs contain no secret",
      secretsInLogs(logs, { functions: [...shortNames.keys()], called }),
    );
    await timed('terraform destroy', () => terraform.destroy());
    checkEmpty(
      'destroy removes all resources',
      (await listResources(cloud)).filter((one) => !before.has(one)),
    );

    return {
      title: titleOf(scenario),
      checks,
      seconds,
      functions: [...runner.pools].map(([name, pool]) => ({ name, facts: pool.facts() })),
      calls: runner.calls.counts(),
      deliveries: [...runner.deliveries],
    };
  } finally {
    // After a failure the stand-ins may be gone, so stopping the runner may fail. The other processes must end anyway.
    await running?.stop().catch(() => {});
    identity?.stop();
    aws.stop();
    moto.stop();
    await dynamoDb.stop();
    reader.stop();
    removeFolder(folder);
  }
}
