import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A failure of a call: a Cognito error, or a response that hangs, stops half way, is invalid or is lost. */
export type PoolFault =
  | { readonly refuse: string }
  | { readonly hang: true }
  | { readonly stall: true }
  | { readonly nonsense: string }
  | { readonly loseAnswer: true };

export interface PoolAccount {
  readonly name: string;
  attributes: Record<string, string>;
  enabled: boolean;
  readonly groups: Set<string>;
}

interface Request {
  readonly Username: string;
  readonly GroupName: string;
  readonly UserAttributes: readonly { readonly Name: string; readonly Value: string }[];
  readonly DesiredDeliveryMediums?: readonly string[];
}

const CANNOT_CHANGE = /^custom:(organization|user)$/;

/** An in-memory user pool with the parts of Cognito that Curlew uses. */
export function smallPool() {
  const accounts = new Map<string, PoolAccount>();
  const calls: string[] = [];
  const refusal = (name: string) => Object.assign(new Error(name), { name });

  function named(name: string): PoolAccount {
    const found = accounts.get(name.toLowerCase());
    if (found === undefined) throw refusal('UserNotFoundException');
    return found;
  }
  const listed = (attributes: Readonly<Record<string, string>>) =>
    Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
  const flat = (list: Request['UserAttributes']) => Object.fromEntries(list.map(({ Name, Value }) => [Name, Value]));

  const actions: Readonly<Record<string, (request: Request) => object>> = {
    AdminGetUser({ Username }) {
      const { name, attributes, enabled } = named(Username);
      return { Username: name, UserAttributes: listed(attributes), Enabled: enabled };
    },
    AdminCreateUser({ Username, UserAttributes, DesiredDeliveryMediums }) {
      if (accounts.has(Username.toLowerCase())) throw refusal('UsernameExistsException');
      // Without EMAIL, Cognito would send a text message.
      if (DesiredDeliveryMediums?.join() !== 'EMAIL') throw refusal('InvalidParameterException');
      const account = { name: Username, attributes: flat(UserAttributes), enabled: true, groups: new Set<string>() };
      accounts.set(Username.toLowerCase(), account);
      return { User: { Username, Attributes: UserAttributes, Enabled: true } };
    },
    AdminUpdateUserAttributes({ Username, UserAttributes }) {
      const account = named(Username);
      if (UserAttributes.some(({ Name }) => CANNOT_CHANGE.test(Name))) throw refusal('InvalidParameterException');
      // Writing `email` without `email_verified` makes the address unverified.
      const unproven = UserAttributes.some(({ Name }) => Name === 'email') ? { email_verified: 'false' } : {};
      account.attributes = { ...account.attributes, ...unproven, ...flat(UserAttributes) };
      return {};
    },
    AdminListGroupsForUser: ({ Username }) => ({
      Groups: [...named(Username).groups].map((GroupName) => ({ GroupName })),
    }),
    AdminAddUserToGroup({ Username, GroupName }) {
      named(Username).groups.add(GroupName);
      return {};
    },
    AdminRemoveUserFromGroup({ Username, GroupName }) {
      named(Username).groups.delete(GroupName);
      return {};
    },
    AdminEnableUser({ Username }) {
      named(Username).enabled = true;
      return {};
    },
    AdminDisableUser({ Username }) {
      named(Username).enabled = false;
      return {};
    },
    AdminUserGlobalSignOut({ Username }) {
      named(Username);
      return {};
    },
    AdminDeleteUser({ Username }) {
      accounts.delete(named(Username).name.toLowerCase());
      return {};
    },
  };

  return {
    accounts,
    /** The called actions, in order. */
    calls,
    /** Runs an action. Throws an error with the name of Cognito's error. */
    act(action: string, request: object): object {
      calls.push(action);
      const known = actions[action];
      if (known === undefined) throw refusal('UnknownOperationException');
      return known(request as Request);
    },
  };
}

export type SmallPool = ReturnType<typeof smallPool>;

/** Serves a pool over HTTP in Cognito's protocol. Can let calls fail like the service and the network do. */
export async function serveCognito(pool: SmallPool) {
  const waiting = new Map<string, PoolFault[]>();
  const server = createServer(async (incoming, answer) => {
    const action = String(incoming.headers['x-amz-target']).replace(/^AWSCognitoIdentityProviderService\./, '');
    const body = await text(incoming);
    const fault = waiting.get(action)?.shift();
    const reply = (status: number, content: string) =>
      answer.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(content);
    if (fault !== undefined && 'hang' in fault) return;
    if (fault !== undefined && 'stall' in fault) {
      answer.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': '1000' }).write('{"Us');
      return;
    }
    if (fault !== undefined && 'nonsense' in fault) return void reply(200, fault.nonsense);
    try {
      if (fault !== undefined && 'refuse' in fault)
        throw Object.assign(new Error(fault.refuse), { name: fault.refuse });
      const result = pool.act(action, JSON.parse(body));
      if (fault === undefined) reply(200, JSON.stringify(result));
      else incoming.socket.destroy();
    } catch (error) {
      const { name, message } = error as Error;
      reply(name === 'InternalErrorException' ? 500 : 400, JSON.stringify({ __type: name, message }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Sets the faults of the next calls of the action, one for each call. Later calls succeed. */
    next: (action: string, ...faults: readonly PoolFault[]) => void waiting.set(action, [...faults]),
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
