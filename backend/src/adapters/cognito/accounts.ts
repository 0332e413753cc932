import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  type AttributeType,
  type CognitoIdentityProviderClient,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { ROLES } from '@curlew/core/kernel';
import { type Account, type Accounts, comparableAddress } from '@curlew/core/user';
import { accountName } from './account-name.ts';
import { ATTRIBUTES } from './attributes.ts';

/** An account as it is stored in the pool. */
interface PoolAccount {
  readonly attributes: ReadonlyMap<string, string>;
  readonly isEnabled: boolean;
}

/** The accounts of a user pool. Each role is a group. Accounts may be in other groups too, which are left unchanged. */
export function cognitoAccounts(client: CognitoIdentityProviderClient, poolId: string): Accounts {
  const accountKey = (organizationId: string, userId: string) => ({
    UserPoolId: poolId,
    Username: accountName(organizationId, userId),
  });

  /** Throws if the account with this name belongs to another user. */
  async function find(organizationId: string, userId: string): Promise<PoolAccount | undefined> {
    const key = accountKey(organizationId, userId);
    const found = await unlessMissing(client.send(new AdminGetUserCommand(key)));
    if (found === undefined) return undefined;
    const attributes = new Map(found.UserAttributes?.map(({ Name = '', Value = '' }) => [Name, Value]));
    const isTheirs =
      attributes.get(ATTRIBUTES.organization) === organizationId && attributes.get(ATTRIBUTES.user) === userId;
    if (!isTheirs) {
      throw new Error(
        `conflict: the account ${key.Username} does not belong to user ${userId} of organization ${organizationId}, and was not changed.`,
      );
    }
    return { attributes, isEnabled: found.Enabled === true };
  }

  /** Cognito sends the user an invitation by mail, with a temporary password. */
  async function create(account: Account): Promise<void> {
    const { organizationId, userId } = account;
    const UserAttributes = attributeList({
      ...profileOf(account),
      [ATTRIBUTES.organization]: organizationId,
      [ATTRIBUTES.user]: userId,
    });
    const request = {
      ...accountKey(organizationId, userId),
      UserAttributes,
      DesiredDeliveryMediums: ['EMAIL' as const],
    };
    try {
      await client.send(new AdminCreateUserCommand(request));
    } catch (error) {
      // Another consumer created the account, or an earlier attempt did and its response was lost.
      if (!(error instanceof UsernameExistsException)) throw error;
    }
  }

  async function setGroup({ organizationId, userId, role }: Account): Promise<void> {
    const key = accountKey(organizationId, userId);
    const { Groups = [] } = await client.send(new AdminListGroupsForUserCommand(key));
    const groups = new Set(Groups.map(({ GroupName }) => GroupName));
    if (!groups.has(role)) await client.send(new AdminAddUserToGroupCommand({ ...key, GroupName: role }));
    for (const GroupName of ROLES.filter((other) => other !== role && groups.has(other))) {
      await client.send(new AdminRemoveUserFromGroupCommand({ ...key, GroupName }));
    }
  }

  return {
    async provide(account) {
      const { organizationId, userId, email } = account;
      const key = accountKey(organizationId, userId);
      let stored = await find(organizationId, userId);
      // Codes and invitations were sent to the old address, and must no longer open the account: create a new one.
      if (
        stored !== undefined &&
        comparableAddress(stored.attributes.get('email') ?? '') !== comparableAddress(email)
      ) {
        await unlessMissing(client.send(new AdminDeleteUserCommand(key)));
        stored = undefined;
      }
      if (stored === undefined) {
        await create(account);
        stored = await find(organizationId, userId);
      }
      if (stored === undefined) throw new Error(`The account ${key.Username} was deleted during its creation.`);
      const { attributes, isEnabled } = stored;
      const profile = profileOf(account);
      if (Object.entries(profile).some(([name, value]) => attributes.get(name) !== value)) {
        // Writes all attributes: Cognito resets `email_verified` if `email` is written without it.
        const UserAttributes = attributeList(profile);
        await client.send(new AdminUpdateUserAttributesCommand({ ...key, UserAttributes }));
      }
      await setGroup(account);
      if (!isEnabled) await client.send(new AdminEnableUserCommand(key));
    },

    async lock(organizationId, userId) {
      const key = accountKey(organizationId, userId);
      const stored = await find(organizationId, userId);
      if (stored === undefined || !stored.isEnabled) return;
      // Signs out before disabling: an account that is found disabled has certainly been signed out.
      await unlessMissing(client.send(new AdminUserGlobalSignOutCommand(key)));
      await unlessMissing(client.send(new AdminDisableUserCommand(key)));
    },

    async remove(organizationId, userId) {
      if ((await find(organizationId, userId)) === undefined) return;
      await unlessMissing(client.send(new AdminDeleteUserCommand(accountKey(organizationId, userId))));
    },
  };
}

function profileOf({ email, name }: Account): Record<string, string> {
  return { email, email_verified: 'true', name };
}

function attributeList(attributes: Readonly<Record<string, string>>): AttributeType[] {
  return Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
}

/** Resolves with undefined if the account does not exist. */
async function unlessMissing<Answer>(sent: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await sent;
  } catch (error) {
    if (error instanceof UserNotFoundException) return undefined;
    throw error;
  }
}
