import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';

/** The keys in a secret. */
export interface StoredKeys {
  /** 32 bytes each, newest first. */
  readonly keys: readonly Uint8Array[];
  /** The time when the keys were put, in epoch milliseconds of AWS's clock. */
  readonly since: number;
}

/** A key: 32 bytes in base64url. */
const Key = z.string().regex(/^[\w-]{43}$/);
const Value = z.object({ keys: z.array(Key).min(1) });

/** Reads the keys; undefined if the secret does not exist or has no value yet. No error contains the secret's text. */
export async function readSigningKeys(client: SecretsManagerClient, secret: string): Promise<StoredKeys | undefined> {
  try {
    const { SecretString = '', CreatedDate } = await client.send(new GetSecretValueCommand({ SecretId: secret }));
    const { keys } = Value.parse(JSON.parse(SecretString));
    return { keys: keys.map((key) => Buffer.from(key, 'base64url')), since: CreatedDate?.getTime() ?? 0 };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    // The parser's error quotes the secret or the whole response, so a new error replaces it.
    if (error instanceof SyntaxError || error instanceof z.ZodError) {
      throw new Error(`The secret ${secret} must contain {"keys":[…]} with keys of 32 bytes in base64url.`);
    }
    throw error;
  }
}

/** Replaces the keys in the secret. The secret must exist. */
export async function putSigningKeys(
  client: SecretsManagerClient,
  secret: string,
  keys: readonly Uint8Array[],
): Promise<void> {
  const texts = keys.map((key) => Buffer.from(key).toString('base64url'));
  await client.send(new PutSecretValueCommand({ SecretId: secret, SecretString: JSON.stringify({ keys: texts }) }));
}
