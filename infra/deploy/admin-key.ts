import { parseArgs } from 'node:util';
import { dynamo } from '../../backend/src/adapters/dynamodb/index.ts';
import { firstKey } from './first-key.ts';

// The way in for whoever owns the account: the first key of a new deployment, or one when all others are lost.
const HELP = `Usage: npm run admin-key -- ENVIRONMENT
  makes an API key with every right of the first admin, and prints it
  AWS_REGION, and credentials that may write the tables, say where.`;

const { positionals } = parseArgs({ allowPositionals: true });
const [environment] = positionals;
if (environment === undefined || positionals.length > 1) {
  console.error(HELP);
  process.exit(2);
}

try {
  const tables = { users: `support-users-${environment}`, audit: `support-audit-${environment}` };
  console.log(await firstKey(dynamo(tables)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
