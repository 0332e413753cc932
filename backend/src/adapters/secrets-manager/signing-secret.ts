import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';

/** Keys as a secret holds them. */
export interface StoredKeys {
  /** 32 bytes each, newest first. */
  readonly keys: readonly Uint8Array[];
  /** When they were put there, in milliseconds, by AWS's clock. */
  readonly since: number;
}

/** 32 bytes in base64url. */
const Key = z.string().regex(/^[\w-]{43}$/);
const Value = z.object({ keys: z.array(Key).min(1) });

/** The keys in the secret; undefined where there is no such secret, or it has no value yet. No error quotes its text. */
export async function readSigningKeys(client: SecretsManagerClient, secret: string): Promise<StoredKeys | undefined> {
  try {
    const { SecretString = '', CreatedDate } = await client.send(new GetSecretValueCommand({ SecretId: secret }));
    const { keys } = Value.parse(JSON.parse(SecretString));
    return { keys: keys.map((key) => Buffer.from(key, 'base64url')), since: CreatedDate?.getTime() ?? 0 };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    // Parsers quote what they could not read, be it the value or the whole answer.
    if (error instanceof SyntaxError || error instanceof z.ZodError) {
      throw new Error(`What ${secret} answers is not {"keys":[…]} with keys of 32 bytes in base64url.`);
    }
    throw error;
  }
}

/** Replaces the keys in the secret, which must be there. */
export async function putSigningKeys(
  client: SecretsManagerClient,
  secret: string,
  keys: readonly Uint8Array[],
): Promise<void> {
  const texts = keys.map((key) => Buffer.from(key).toString('base64url'));
  await client.send(new PutSecretValueCommand({ SecretId: secret, SecretString: JSON.stringify({ keys: texts }) }));
}
