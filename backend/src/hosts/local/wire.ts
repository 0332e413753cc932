import { createSecretKey } from 'node:crypto';
import { type Clock, keyedMutex, type TimerReaction, type Timers } from '@curlew/core/kernel';
import type { Hono } from 'hono';
import { oidcTokens } from '../../adapters/jose/index.ts';
import {
  createFirstOrganization,
  type Database,
  latestInstant,
  sqliteApiKeyStore,
  sqliteDeliveries,
  sqliteOutbox,
  sqliteReceiptStore,
  sqliteTimerStore,
  sqliteUserStore,
  storedSecret,
} from '../../adapters/sqlite/index.ts';
import { localTimers } from '../../adapters/timers/local-timers.ts';
import { accessTokenProof } from '../../http/access-token-proof.ts';
import { apiKeyProof } from '../../http/api-key-proof.ts';
import { createApp, type Platform } from '../../http/app.ts';
import { authentication } from '../../http/authenticate.ts';
import { oneKey } from '../../http/cursor.ts';
import { inFlight } from '../../http/in-flight.ts';
import { issuerTokenProof } from '../../http/issuer-token-proof.ts';
import { countsInMemory, type RateLimits, rateLimiter } from '../../http/rate-limit.ts';
import { orderClock, wallClock } from '../clocks.ts';
import { DEFAULT_ORGANIZATION } from '../default-organization.ts';
import { idGenerator } from '../ids.ts';
import { keySecrets } from '../key-secrets.ts';
import { type Admin, setUpFirstAdmin } from './admin.ts';
import { type EventBus, eventBus } from './event-bus.ts';
import { noticeOfFuture } from './future-events.ts';
import { openMode } from './open-mode.ts';
import type { LocalHost } from './platform/local-host.ts';
import { keysInMemory, type SignInSetup, sessionsOn } from './sign-in.ts';
import { triagerInWorker } from './triager-in-worker.ts';
import { REACTIONS, SERVED, TIMERS } from './wiring.ts';

export interface Curlew {
  readonly app: Hono;
  readonly bus: EventBus;
  readonly timers: Timers;
  /** The first admin. Absent in open mode, and if the admin's account is no longer active. */
  readonly admin?: Admin;
  /** Tells the operator in one sentence that the latest event lies in the future. Absent if it does not. */
  readonly clockNotice?: string;
  /** Stops deliveries and closes the database. All requests must have ended before. */
  stop(): Promise<void>;
}

interface Options {
  readonly auth: 'open' | SignInSetup;
  readonly limits: RateLimits | undefined;
  /** The number of proxies in front of the server. */
  readonly proxies?: number;
  readonly log: Platform['log'];
  readonly triage: {
    /** True if every ticket is triaged automatically, false if only on request. */
    readonly automatic: boolean;
    /** The folder for the learned triage data of organizations. */
    readonly folder: string;
  };
  /** Further functions that handle due timers, by the timer's `reaction`. The services' own timers are always wired. */
  readonly timerReactions?: Readonly<Record<string, TimerReaction>>;
  /** The machine's clock. Tests of time replace it. */
  readonly clock?: Clock;
}

const TIDY_MILLISECONDS = 10 * 60 * 1000;

/** Builds the whole application in one process, on one database. */
export async function wire(
  database: Database,
  { auth, limits, proxies = 0, log, triage, timerReactions = {}, clock: wall = wallClock }: Options,
): Promise<Curlew> {
  const latestEventAt = latestInstant(database);
  const order = orderClock(latestEventAt, wall);
  const newId = idGenerator(order);
  const now = order.iso;
  const { iso: wallNow, milliseconds } = wall;
  const clockNotice = latestEventAt === undefined ? undefined : noticeOfFuture(latestEventAt, wallNow());
  await createFirstOrganization(database, DEFAULT_ORGANIZATION, now());

  const users = sqliteUserStore(database);
  const receipts = sqliteReceiptStore(database);
  const keys = sqliteApiKeyStore(database);
  const signingKeys = auth === 'open' ? { url: undefined, keys: await keysInMemory() } : auth;
  const sessionPorts = await sessionsOn(database, users, signingKeys, wallNow);
  const { sessions, tokens } = sessionPorts;
  const admin =
    auth === 'open' ? undefined : await setUpFirstAdmin({ ...sessionPorts, now, wallNow, newId }, auth.admin);
  const callers = authentication(
    [
      apiKeyProof({ keys, users, secrets: keySecrets, newId, now: milliseconds }),
      accessTokenProof({ tokens, users, sessions, now: wallNow }),
      ...(auth === 'open' || auth.issuer === undefined
        ? []
        : [issuerTokenProof({ tokens: oidcTokens(auth.issuer, milliseconds), users })]),
    ],
    milliseconds,
  );

  // A write conflict is reported after the other write has committed, so a retry can start without a pause.
  const runtime = { now, wallNow, newId, runExclusive: keyedMutex(), pause: async () => {} };
  const triager = triagerInWorker({
    folder: triage.folder,
    onFailure: (error) => log({ level: 'error', message: 'reading texts failed', requestId: '', error: error.stack }),
  });
  const reactions: Record<string, TimerReaction> = { ...timerReactions };
  const timers = localTimers({
    store: sqliteTimerStore(database),
    reactions,
    clock: wall,
    onFailure({ timer, error, buried }) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const message = buried ? 'timer given up; see npm run curlew -- dead-letters' : 'timer failed';
      log({ level: 'error', message, requestId: '', timer: timer?.reaction, key: timer?.key, error: text });
    },
  });
  const host: LocalHost = { database, sessions: sessionPorts, triager, timers, runtime };
  for (const { name, bind } of TIMERS) reactions[name] = await bind(host);
  const subscriptions = REACTIONS.map(({ subscription }) => subscription).filter(
    ({ name }) => name !== 'triage' || triage.automatic,
  );
  const bus = eventBus({
    outbox: sqliteOutbox(database),
    deliveries: sqliteDeliveries(database),
    subscriptions,
    reactions: Object.fromEntries(
      await Promise.all(REACTIONS.map(async ({ subscription, react }) => [subscription.name, await react(host)])),
    ),
    pace: Object.fromEntries(subscriptions.flatMap(({ name, pace }) => (pace === undefined ? [] : [[name, pace]]))),
    // The times of retries follow the machine's clock. The order clock is only for the order of commits.
    now: wallNow,
    onFailure({ subscription, event, error, buried }) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const message = buried ? 'delivery given up; see npm run curlew -- dead-letters' : 'delivery failed';
      log({ level: 'error', message, requestId: '', subscription, eventId: event?.id, error: text });
    },
  });
  database.onCommit(() => bus.wake());
  bus.wake();

  timers.wake();

  const tidy = setInterval(() => void removeExpired(), TIDY_MILLISECONDS).unref();
  async function removeExpired(): Promise<void> {
    try {
      while (await receipts.removeExpired(wallNow()));
      while (await sessions.removeExpired(wallNow()));
      // Also empties the log after an erasure during which another process read the file.
      await database.emptyLog();
    } catch (error) {
      log({ level: 'error', message: 'removing expired rows failed', requestId: '', error: String(error) });
    }
  }

  const fingerprintKey = createSecretKey(await storedSecret(database, 'fingerprint_secret'));
  const platform: Platform = {
    authenticate: auth === 'open' ? openMode : callers.authenticate,
    forgetCallers: callers.forget,
    basePath: '',
    ...(limits === undefined
      ? {}
      : { limiter: rateLimiter(countsInMemory(), limits, milliseconds), inFlight: inFlight() }),
    addressOf: addressBehind(proxies),
    ...runtime,
    receipts,
    cursorKeys: oneKey(await storedSecret(database, 'cursor_secret')),
    fingerprintKey: async () => fingerprintKey,
    log,
  };
  const app = createApp(platform, await Promise.all(SERVED.map((service) => service.bind(host))));

  return {
    app,
    bus,
    timers,
    ...(admin === undefined ? {} : { admin }),
    ...(clockNotice === undefined ? {} : { clockNotice }),
    async stop() {
      clearInterval(tidy);
      const ending = Promise.all([bus.stop(), timers.stop()]);
      // A slow text must not delay the shutdown. Its event is delivered again after the next start.
      await triager.stop();
      await ending;
      await database.close();
    },
  };
}

/**
 * The address of the client that opened the connection; behind proxies, the address that the outermost proxy saw. Each
 * proxy appends the address of its client to `X-Forwarded-For`. Earlier entries of the header may be forged.
 */
function addressBehind(proxies: number): Platform['addressOf'] {
  return (environment, header) => {
    const { incoming } = environment as { incoming?: { socket: { remoteAddress?: string } } };
    const forwarded = proxies === 0 ? [] : (header('x-forwarded-for') ?? '').split(',').map((one) => one.trim());
    return forwarded.at(-proxies) || (incoming?.socket.remoteAddress ?? '');
  };
}
