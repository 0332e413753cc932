import { parseArgs } from 'node:util';

export interface Scenario {
  readonly api: 'http' | 'rest';
  readonly layout: 'one-function' | 'per-service';
  /** `$default` or the name of a stage. */
  readonly stage: string;
  /** Storage of the signing keys of cursors. */
  readonly signingSecret: 'table' | 'secrets-manager';
}

export interface Options {
  readonly scenarios: readonly Scenario[];
  /** Serves the deployment until a signal stops the process, instead of checking it. */
  readonly keep: boolean;
  readonly port: number;
}

export class UsageProblem extends Error {}

export const HELP = `npm run rehearse -- [options]
npm run rehearse -- rollback         deploys, deploys a broken version, and goes back
npm run rehearse -- cloudformation   applies, checks and deletes the CloudFormation template

Deploys the dev environment to a stand-in for AWS on this machine, runs the deployed functions, and checks them.
Without options: three deployments, side by side.

  --api http|rest                     one deployment only, with this kind of API
  --layout one-function|per-service   one deployment only, with this layout
  --stage NAME                        one deployment only, with the API under this stage ('$default' for none)
  --signing-secret table|secrets-manager   one deployment only, with the keys of cursors in this place
  --keep                              serve the deployment until Ctrl-C, instead of checking it
  --port N                            port of the API (default: any free port)
`;

const ALL: readonly Scenario[] = [
  { api: 'http', layout: 'one-function', stage: '$default', signingSecret: 'table' },
  { api: 'rest', layout: 'per-service', stage: 'dev', signingSecret: 'secrets-manager' },
  { api: 'http', layout: 'per-service', stage: 'dev', signingSecret: 'table' },
];

/** Throws a `UsageProblem` for invalid arguments. Returns undefined for `--help`. */
export function parseOptions(args: readonly string[]): Options | undefined {
  const { api, layout, stage, 'signing-secret': signingSecret, keep, port, help } = parsed(args);
  if (help) return undefined;
  const isSingle = [api, layout, stage, signingSecret].some((one) => one !== undefined) || keep;
  const kind = oneOf('--api', api ?? 'http', ['http', 'rest'] as const);
  const single: Scenario = {
    api: kind,
    layout: oneOf('--layout', layout ?? 'one-function', ['one-function', 'per-service'] as const),
    stage: stage ?? (kind === 'http' ? '$default' : 'dev'),
    signingSecret: oneOf('--signing-secret', signingSecret ?? 'table', ['table', 'secrets-manager'] as const),
  };
  const number = Number(port ?? 0);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) throw new UsageProblem('--port takes a port number.');
  return { scenarios: isSingle ? [single] : ALL, keep, port: number };
}

function parsed(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean', default: false } as const;
    const choices = { api: text, layout: text, stage: text, 'signing-secret': text };
    const options = { ...choices, port: text, keep: flag, help: flag };
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageProblem((error as Error).message);
  }
}

function oneOf<Value extends string>(name: string, value: string, known: readonly Value[]): Value {
  const found = known.find((one) => one === value);
  if (found === undefined) throw new UsageProblem(`${name} is one of ${known.join(', ')}.`);
  return found;
}

export function titleOf({ api, layout, stage, signingSecret }: Scenario): string {
  const kind = api === 'http' ? 'HTTP API' : 'REST API';
  return `${kind}, ${layout === 'one-function' ? 'one function' : 'a function per service'}, stage ${stage}${signingSecret === 'table' ? '' : ', keys of cursors in a secret'}`;
}
