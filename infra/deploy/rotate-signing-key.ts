import { parseArgs } from 'node:util';
import { secretsClient } from '../../backend/src/adapters/secrets-manager/index.ts';
import { nextSigningKey, type Rotation } from './next-signing-key.ts';

// For deployments with signing_secret = "secrets-manager". The key itself is shown to nobody.
const HELP = `Usage: npm run rotate-signing-key -- ENVIRONMENT [--only-first | --leaked]
  puts a new key into the secret support-signing-ENVIRONMENT; cursors of the key before stay good
  --only-first  only where there is none yet, as infra/deploy/deploy does
  --leaked      and accepts no key from before: every cursor is refused from then on, within five minutes
  AWS_REGION, and credentials that may read and write the secret, say where.`;

const DONE: Readonly<Record<Rotation, string>> = {
  first: 'It has its first key.',
  rotated:
    'A new key signs cursors, half a minute from now; those of the key before stay good until the next rotation.',
  replaced: 'A new key signs cursors; those of the keys before are refused, by every function within five minutes.',
  kept: 'It has a key already.',
};

const flag = { type: 'boolean', default: false } as const;
const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'only-first': flag, leaked: flag } });
const { 'only-first': onlyFirst, leaked } = values;
const [environment] = positionals;
if (environment === undefined || positionals.length > 1 || (onlyFirst && leaked)) {
  console.error(HELP);
  process.exit(2);
}

const secret = `support-signing-${environment}`;
try {
  console.log(`${secret}: ${DONE[await nextSigningKey(secretsClient(), secret, { onlyFirst, leaked })]}`);
} catch (error) {
  const { name, message } = error as Error;
  const missing = 'There is no such secret: deploy with signing_secret = "secrets-manager" first.';
  console.error(`${secret}: ${name === 'ResourceNotFoundException' ? missing : message}`);
  process.exitCode = 1;
}
