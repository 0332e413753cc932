import { secretsClient } from '../../backend/src/adapters/secrets-manager/index.ts';
import { awsProblem } from './aws-problem.ts';
import { nextSigningKey, type Rotation } from './next-signing-key.ts';

const DONE: Readonly<Record<Rotation, string>> = {
  first: 'It has its first key.',
  rotated:
    'A new key will sign cursors in half a minute. Cursors of the previous key stay valid until the next rotation.',
  replaced:
    'A new key signs cursors. Cursors of all earlier keys become invalid in every function within five minutes.',
  kept: 'It has a key already.',
};

interface Options {
  /** Adds a key only if the secret has no key yet. */
  readonly onlyFirst?: boolean;
  /** Replaces all keys, so the cursors of all existing keys become invalid. */
  readonly leaked?: boolean;
}

/** Adds a signing key for cursors to the secret. Never prints the key. Resolves with the exit code. */
export async function rotateSigningKey(environment: string, options: Options): Promise<number> {
  const { onlyFirst = false, leaked = false } = options;
  const secret = `support-signing-${environment}`;
  try {
    console.log(`${secret}: ${DONE[await nextSigningKey(secretsClient(), secret, { onlyFirst, leaked })]}`);
    return 0;
  } catch (error) {
    const { name } = error as Error;
    const missing = 'There is no such secret: deploy with signing_secret = "secrets-manager" first.';
    console.error(`${secret}: ${name === 'ResourceNotFoundException' ? missing : awsProblem(error)}`);
    return 1;
  }
}
