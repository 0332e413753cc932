import { copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fill } from './fill.ts';
import { makeFloorDatabase } from './floor-database.ts';
import { type Generator, type Load, startGenerator } from './load.ts';
import { OPERATIONS, type Operation, type OperationId } from './operations.ts';
import type { Options } from './options.ts';
import { waitForDelivery } from './pending-events.ts';
import { type Auth, type Server, startCurlew, startFloor } from './servers.ts';

/** One round of an operation on a database of one size: first the floor, directly afterwards Curlew. */
export interface Round {
  readonly operationId: OperationId;
  readonly tickets: number;
  readonly auth: Auth;
  readonly floor: Load;
  readonly curlew: Load;
  readonly residentMiB?: number;
  /** After writes: the number of events that waited for delivery, and the time until all were delivered. */
  readonly eventsPending?: number;
  readonly deliveryMilliseconds?: number;
}

export interface Result {
  readonly rounds: readonly Round[];
  readonly starts: readonly { readonly tickets: number; readonly milliseconds: number }[];
}

/** The floor and Curlew on databases of one size. */
interface Pair {
  readonly tickets: number;
  readonly auth: Auth;
  readonly folder: string;
  readonly knownFile: string;
  readonly floor: Server;
  readonly curlew: Server;
}

const STARTS = 3;
// The operations that are also measured in open mode, on the smallest database.
const COMPARED: readonly OperationId[] = ['read', 'create'];

/**
 * Measures all operations, with databases in `folder`. Rounds of all sizes alternate, so that a slow minute affects
 * all.
 */
export async function measure(folder: string, options: Options, log: (line: string) => void): Promise<Result> {
  const starts: { tickets: number; milliseconds: number }[] = [];
  const pairs: Pair[] = [];
  const generator = startGenerator();
  try {
    for (const tickets of options.sizes) {
      log(`Filling a database with ${tickets.toLocaleString('en')} tickets …`);
      const files = await prepare(join(folder, String(tickets)), tickets);
      for (let i = 1; i < STARTS; i++) {
        const server = await startCurlew(files.folder, 'required');
        starts.push({ tickets, milliseconds: server.startMilliseconds });
        await server.stop();
      }
      const open = tickets === options.sizes[0] ? copied(files) : undefined;
      for (const [auth, one] of [['required', files], ...(open ? [['open', open] as const] : [])] as const) {
        const [floor, curlew] = [await startFloor(one.floorFile), await startCurlew(one.folder, auth)];
        pairs.push({ tickets, auth, ...one, floor, curlew });
        if (auth === 'required') starts.push({ tickets, milliseconds: curlew.startMilliseconds });
      }
    }
    const rounds: Round[] = [];
    for (const operation of OPERATIONS) {
      log(`${operation.title} …`);
      for (let i = 0; i < options.rounds; i++) {
        const warmUpMilliseconds = i === 0 ? options.firstWarmUpMilliseconds : options.warmUpMilliseconds;
        for (const pair of pairs.filter(({ auth }) => auth === 'required' || COMPARED.includes(operation.id)))
          rounds.push(await round(generator, pair, operation, { ...options, warmUpMilliseconds }));
      }
    }
    return { rounds, starts };
  } finally {
    generator.stop();
    await Promise.all(pairs.flatMap(({ floor, curlew }) => [floor.stop(), curlew.stop()]));
  }
}

/** Copies the databases of a pair, for a second pair. */
function copied({ folder, floorFile, knownFile }: Awaited<ReturnType<typeof prepare>>) {
  cpSync(folder, `${folder}-open`, { recursive: true });
  copyFileSync(floorFile, `${floorFile}-open`);
  return { folder: `${folder}-open`, floorFile: `${floorFile}-open`, knownFile };
}

async function prepare(folder: string, tickets: number) {
  const curlewFolder = join(folder, 'curlew');
  const floorFile = join(folder, 'floor.db');
  const knownFile = join(folder, 'known.json');
  mkdirSync(curlewFolder, { recursive: true });
  writeFileSync(knownFile, JSON.stringify(await fill(curlewFolder, tickets)));
  makeFloorDatabase(floorFile, curlewFolder);
  return { folder: curlewFolder, floorFile, knownFile };
}

async function round(generator: Generator, pair: Pair, operation: Operation, options: Options): Promise<Round> {
  const { tickets, auth, knownFile } = pair;
  const { connections, warmUpMilliseconds, measuredMilliseconds } = options;
  const job = { operationId: operation.id, knownFile, connections, warmUpMilliseconds, measuredMilliseconds };
  const floor = await generator.run({ ...job, port: pair.floor.port });
  const curlew = await generator.run({ ...job, port: pair.curlew.port });
  const residentMiB = pair.curlew.residentMiB();
  return {
    operationId: operation.id,
    tickets,
    auth,
    floor,
    curlew,
    ...(residentMiB === undefined ? {} : { residentMiB }),
    ...(operation.writes ? await catchUp(pair.folder) : {}),
  };
}

async function catchUp(folder: string) {
  const begin = performance.now();
  const eventsPending = await waitForDelivery(folder);
  return { eventsPending, deliveryMilliseconds: performance.now() - begin };
}
