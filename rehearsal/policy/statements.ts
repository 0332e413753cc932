import { fitsWildcard } from './wildcard.ts';

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: unknown;
  readonly Resource?: string | readonly string[];
  readonly NotResource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Reads a policy document. Throws for forms that the rehearsal cannot judge. */
export function statementsOf(document: string): Statement[] {
  const { Statement: given } = JSON.parse(document) as { Statement: Statement | Statement[] };
  const statements = [given].flat() as Statement[];
  for (const { NotAction, NotResource } of statements) {
    if (NotAction !== undefined || NotResource !== undefined) {
      throw new Error(`The rehearsal does not support NotAction and NotResource in a policy: ${document}`);
    }
  }
  return statements;
}

export function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : [value].flat();
}

/** Whether the policies allow the action. Actions are case-insensitive, resources are not. */
export function allows(statements: readonly Statement[], action: string, resource: string): boolean {
  const covering = statements.filter((one) => covers(one, action, resource));
  return covering.some(({ Effect }) => Effect === 'Allow') && !covering.some(({ Effect }) => Effect === 'Deny');
}

function covers(statement: Statement, action: string, resource: string): boolean {
  return (
    listOf(statement.Action).some((one) => fitsWildcard(one.toLowerCase(), action.toLowerCase())) &&
    listOf(statement.Resource).some((one) => fitsWildcard(one, resource))
  );
}

/** Whether a resource policy allows the service to perform the action for the source. */
export function allowsService(
  statements: readonly Statement[],
  { service, action, sourceArn, account }: { service: string; action: string; sourceArn: string; account: string },
): boolean {
  return statements.some(
    ({ Effect, Principal, Action, Condition }) =>
      Effect === 'Allow' &&
      isService(Principal, service) &&
      listOf(Action).some((one) => fitsWildcard(one.toLowerCase(), action.toLowerCase())) &&
      fitsConditions(Condition, { 'aws:sourcearn': sourceArn, 'aws:sourceaccount': account }),
  );
}

function isService(principal: unknown, service: string): boolean {
  if (principal === '*') return true;
  const named = (principal as { Service?: string | string[] } | undefined)?.Service;
  return listOf(named).includes(service);
}

function fitsConditions(conditions: Statement['Condition'], facts: Readonly<Record<string, string>>): boolean {
  return Object.entries(conditions ?? {}).every(([operator, wanted]) =>
    Object.entries(wanted).every(([key, values]) => {
      const fact = facts[key.toLowerCase()] ?? '';
      if (!/^(Arn|String)(Equals|Like)$/.test(operator))
        throw new Error(`The rehearsal does not support the condition operator ${operator}.`);
      // ArnEquals accepts wildcards, like ArnLike.
      const isExact = operator === 'StringEquals';
      return listOf(values).some((value) => (isExact ? value === fact : fitsWildcard(value, fact)));
    }),
  );
}
