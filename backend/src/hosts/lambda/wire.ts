import { keyedMutex } from '@curlew/core/kernel';
import { dynamoApiKeyStore } from '../../adapters/dynamodb/api-key-store.ts';
import type { Dynamo } from '../../adapters/dynamodb/client.ts';
import { dynamoReceiptStore } from '../../adapters/dynamodb/receipt-store.ts';
import { dynamoRequestCounts } from '../../adapters/dynamodb/request-counts.ts';
import { dynamoUserLookup } from '../../adapters/dynamodb/user-store.ts';
import { apiKeyProof } from '../../http/api-key-proof.ts';
import { createApp, type Platform } from '../../http/app.ts';
import type { Proof } from '../../http/authenticate.ts';
import { isList } from '../../http/contract.ts';
import { rateLimiter } from '../../http/rate-limit.ts';
import type { TableName } from '../../services/tables.ts';
import { orderClock, wallClock } from '../clocks.ts';
import { idGenerator } from '../ids.ts';
import { keySecrets } from '../key-secrets.ts';
import type { Serving } from '../serving.ts';
import { admission } from './admission.ts';
import type { HttpConfig } from './config.ts';
import { cursorKeys } from './cursor-keys.ts';
import { fingerprintKey } from './fingerprint-key.ts';
import type { GatewayEvent } from './gateway-event.ts';
import type { LambdaHost } from './lambda-host.ts';
import { pause } from './pause.ts';
import { poolProof } from './pool-proof.ts';

/** Builds the app with the given services on DynamoDB. Loads the keys and ports for the first response in parallel. */
export async function wire(
  services: readonly Serving<LambdaHost>[],
  { db, config, log }: { db: Dynamo; config: HttpConfig; log: Platform['log'] },
) {
  const host: LambdaHost = {
    db,
    auth: config.auth,
    triage: config.triage,
    report: (message, error) => log({ level: 'error', message, requestId: '', error }),
  };
  const lists = tableOfCursorKey(services);
  const [keys, ...bound] = await Promise.all([
    cursorKeys(db, config, lists, log),
    ...services.map((one) => one.bind(host)),
  ]);
  const clock = orderClock();
  const newId = idGenerator(clock);
  const platform: Platform = {
    ...admission(config.auth, proofsOf(db, config, newId)),
    basePath: config.basePath,
    addressOf,
    ...(config.limits === undefined
      ? {}
      : { limiter: rateLimiter(dynamoRequestCounts(db), config.limits, () => Date.now()) }),
    now: clock.iso,
    wallNow: wallClock.iso,
    newId,
    // An instance of a function handles one request at a time. The store's conditions detect writes of other instances.
    runExclusive: keyedMutex(),
    pause,
    receipts: dynamoReceiptStore(db),
    cursorKeys: keys,
    fingerprintKey: fingerprintKey(db, lists),
    log,
  };
  return createApp(platform, bound);
}

/** The table with the key that signs cursors: the table of the first service with lists. */
function tableOfCursorKey(services: readonly Serving<LambdaHost>[]): TableName | undefined {
  const listing = services.find(({ service: { table, routes } }) => table !== undefined && routes.flat().some(isList));
  return listing?.service.name as TableName | undefined;
}

/** The accepted kinds of credentials. In open mode there are none, and the function has no users table. */
function proofsOf(db: Dynamo, { pool }: HttpConfig, newId: Platform['newId']): Proof[] {
  if (db.tables.users === undefined) return [];
  const keys = dynamoApiKeyStore(db);
  const users = dynamoUserLookup(db);
  return [
    apiKeyProof({
      keys,
      users,
      secrets: keySecrets,
      newId,
      now: Date.now,
    }),
    ...(pool === undefined ? [] : [poolProof(pool, users)]),
  ];
}

/** The caller's address as API Gateway saw it. Headers are ignored, because a caller can forge them. */
function addressOf(environment: unknown): string {
  const { event } = environment as { event?: GatewayEvent };
  if (event === undefined) return '';
  return 'http' in event.requestContext ? event.requestContext.http.sourceIp : event.requestContext.identity.sourceIp;
}
