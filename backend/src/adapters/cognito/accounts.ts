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

/** An account as the pool holds it. */
interface Held {
  readonly attributes: ReadonlyMap<string, string>;
  readonly isEnabled: boolean;
}

/** The accounts of a user pool. Its groups are the roles; accounts may be in further groups of somebody else's making. */
export function cognitoAccounts(client: CognitoIdentityProviderClient, poolId: string): Accounts {
  const named = (organizationId: string, userId: string) => ({
    UserPoolId: poolId,
    Username: accountName(organizationId, userId),
  });

  /** Throws where somebody else's account has the name. */
  async function find(organizationId: string, userId: string): Promise<Held | undefined> {
    const key = named(organizationId, userId);
    const found = await unlessGone(client.send(new AdminGetUserCommand(key)));
    if (found === undefined) return undefined;
    const attributes = new Map(found.UserAttributes?.map(({ Name = '', Value = '' }) => [Name, Value]));
    const isTheirs =
      attributes.get(ATTRIBUTES.organization) === organizationId && attributes.get(ATTRIBUTES.user) === userId;
    if (!isTheirs) {
      throw new Error(
        `conflict: the account ${key.Username} does not belong to user ${userId} of organization ${organizationId}, and was left alone.`,
      );
    }
    return { attributes, isEnabled: found.Enabled === true };
  }

  /** Cognito tells whoever gets the account by mail, with a password for the first time. */
  async function create(account: Account): Promise<void> {
    const { organizationId, userId } = account;
    const UserAttributes = attributeList({
      ...profileOf(account),
      [ATTRIBUTES.organization]: organizationId,
      [ATTRIBUTES.user]: userId,
    });
    const request = { ...named(organizationId, userId), UserAttributes, DesiredDeliveryMediums: ['EMAIL' as const] };
    try {
      await client.send(new AdminCreateUserCommand(request));
    } catch (error) {
      // By another consumer, or by a try of ours whose answer got lost.
      if (!(error instanceof UsernameExistsException)) throw error;
    }
  }

  async function setGroup({ organizationId, userId, role }: Account): Promise<void> {
    const key = named(organizationId, userId);
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
      const key = named(organizationId, userId);
      let held = await find(organizationId, userId);
      // Passwords, codes and invitations went to the old address: none of them may open the account any more.
      if (held !== undefined && comparableAddress(held.attributes.get('email') ?? '') !== comparableAddress(email)) {
        await unlessGone(client.send(new AdminDeleteUserCommand(key)));
        held = undefined;
      }
      if (held === undefined) {
        await create(account);
        held = await find(organizationId, userId);
      }
      if (held === undefined) throw new Error(`The account ${key.Username} was removed while it was being made.`);
      const { attributes, isEnabled } = held;
      const profile = profileOf(account);
      if (Object.entries(profile).some(([name, value]) => attributes.get(name) !== value)) {
        // All of it: an address that is written without `email_verified` is not proven any more.
        const UserAttributes = attributeList(profile);
        await client.send(new AdminUpdateUserAttributesCommand({ ...key, UserAttributes }));
      }
      await setGroup(account);
      if (!isEnabled) await client.send(new AdminEnableUserCommand(key));
    },

    async lock(organizationId, userId) {
      const key = named(organizationId, userId);
      const held = await find(organizationId, userId);
      if (held === undefined || !held.isEnabled) return;
      // An account that is locked was signed out, whatever failed on the way.
      await unlessGone(client.send(new AdminUserGlobalSignOutCommand(key)));
      await unlessGone(client.send(new AdminDisableUserCommand(key)));
    },

    async remove(organizationId, userId) {
      if ((await find(organizationId, userId)) === undefined) return;
      await unlessGone(client.send(new AdminDeleteUserCommand(named(organizationId, userId))));
    },
  };
}

function profileOf({ email, name }: Account): Record<string, string> {
  return { email, email_verified: 'true', name };
}

function attributeList(attributes: Readonly<Record<string, string>>): AttributeType[] {
  return Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
}

/** Undefined where there is no such account, or none any more. */
async function unlessGone<Answer>(sent: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await sent;
  } catch (error) {
    if (error instanceof UserNotFoundException) return undefined;
    throw error;
  }
}
