import { type Json, jsonCall } from './json-call.ts';

/** An account in the stand-in's user pool. */
export interface PoolAccount {
  readonly username: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  readonly status: string;
  readonly groups: readonly string[];
}

/** Access to a user pool with administrator rights. */
export function poolAccounts(cloudUrl: string, poolId: string) {
  const call = (operation: string, body: object): Promise<Json> =>
    jsonCall(
      cloudUrl,
      `AWSCognitoIdentityProviderService.${operation}`,
      { UserPoolId: poolId, ...body },
      'cognito-idp',
    );

  async function* all(): AsyncGenerator<Json> {
    let PaginationToken: string | undefined;
    do {
      const page = await call('ListUsers', { PaginationToken });
      yield* page.Users;
      PaginationToken = page.PaginationToken;
    } while (PaginationToken !== undefined);
  }

  async function named(Username: string): Promise<PoolAccount> {
    const { UserAttributes, Enabled, UserStatus } = await call('AdminGetUser', { Username });
    const { Groups } = await call('AdminListGroupsForUser', { Username });
    return {
      username: Username,
      attributes: Object.fromEntries(UserAttributes.map(({ Name, Value }: Json) => [Name, Value])),
      enabled: Enabled,
      status: UserStatus,
      groups: Groups.map(({ GroupName }: Json) => GroupName).sort(),
    };
  }

  return {
    /** Throws if the account does not exist. */
    named,
    /** The accounts of a user, by their attributes. */
    async of(organizationId: string, userId: string): Promise<PoolAccount[]> {
      const found: PoolAccount[] = [];
      for await (const { Username, Attributes } of all()) {
        const says = (name: string) => Attributes.find((one: Json) => one.Name === name)?.Value;
        const isTheirs = says('custom:organization') === organizationId && says('custom:user') === userId;
        if (isTheirs) found.push(await named(Username));
      }
      return found;
    },
    /** Creates an account that does not come from the functions. */
    async make(Username: string, attributes: Readonly<Record<string, string>>): Promise<void> {
      const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
      await call('AdminCreateUser', { Username, UserAttributes });
    },
    async remove(Username: string): Promise<void> {
      await call('AdminDeleteUser', { Username });
    },
    async empty(): Promise<void> {
      const names: string[] = [];
      for await (const { Username } of all()) names.push(Username);
      for (const Username of names) await call('AdminDeleteUser', { Username });
    },
  };
}
