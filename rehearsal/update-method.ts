import type { IncomingMessage } from 'node:http';
import type { Json } from './aws/json-call.ts';

const METHOD = /^\/restapis\/[^/]+\/resources\/[^/]+\/methods\/[^/]+$/;

interface Patch {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: string;
  readonly value?: string;
}

export function isUpdateOfMethod({ method, url = '' }: IncomingMessage): boolean {
  return method === 'PATCH' && METHOD.test(url);
}

/**
 * The operation UpdateMethod of REST APIs, which moto lacks. It replaces the method with the changed one and restores
 * the method's integration, which moto drops with the method. Rejects if moto refuses.
 */
export async function updateMethod(
  motoUrl: string,
  { url = '', headers }: IncomingMessage,
  body: Buffer,
): Promise<Json> {
  async function call(method: string, path: string, sent?: object): Promise<Json> {
    const response = await fetch(motoUrl + path, {
      method,
      // Moto determines the account from the signature.
      headers: { authorization: headers.authorization ?? '', 'content-type': 'application/json' },
      ...(sent && { body: JSON.stringify(sent) }),
      signal: AbortSignal.timeout(30_000),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response.json();
  }

  const { patchOperations } = JSON.parse(body.toString('utf8')) as { patchOperations: readonly Patch[] };
  const { methodIntegration, methodResponses: _, ...found } = await call('GET', url);
  await call('PUT', url, applyPatches(found, patchOperations));
  if (methodIntegration) await call('PUT', `${url}/integration`, methodIntegration);
  return call('GET', url);
}

/** The fields of a method after the patches. Patches add and remove single scopes; all other fields are replaced. */
export function applyPatches(method: Json, patches: readonly Patch[]): Json {
  const after = { ...method };
  for (const { op, path, value } of patches) {
    const name = path.slice(1);
    if (name.includes('/')) throw new Error(`The rehearsal does not support changes of ${path} of a method.`);
    const others = (after.authorizationScopes ?? []).filter((one: string) => one !== value);
    if (name === 'authorizationScopes') after[name] = op === 'remove' ? others : [...others, value];
    else after[name] = name === 'apiKeyRequired' ? value === 'true' : value;
  }
  return after;
}
