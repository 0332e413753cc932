import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import type { Cloud } from '../../../rehearsal/aws/cloud.ts';
import { readFunctions } from '../../../rehearsal/deployed/read-functions.ts';
import { startDynoxide } from '../../../rehearsal/dynamodb/start-dynoxide.ts';
import { forwardRequest, forwardResponse } from '../../../rehearsal/forward-request.ts';
import { packagesByHash } from '../../../rehearsal/functions/packages-by-hash.ts';
import { readDeployed } from '../../../rehearsal/read-deployed.ts';
import { startRunner } from '../runner.ts';

interface Options {
  readonly cloud: Cloud;
  /** Folder for the unpacked functions and their logs. */
  readonly folder: string;
  /** Returns the folders with the zips of all deployed versions. Called before each start of a version. */
  packageFolders(): readonly string[];
}

interface Version {
  readonly hashes: string;
  readonly url: string;
  stop(): Promise<void>;
}

interface ServedDeployment {
  readonly url: string;
  /** Stops the running version until the next request, so that it does not change resources that Terraform manages. */
  stopVersion(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Serves the HTTP API that is deployed to the stand-in at the time of each request. After a deployment, the next
 * request starts the new code from its zips, with empty tables.
 */
export async function serveDeployed(options: Options): Promise<ServedDeployment> {
  let started: Promise<Version | undefined> = Promise.resolve(undefined);

  function current(): Promise<Version> {
    const next = started.then(async (version) => {
      const hashes = (await readFunctions(options.cloud)).map(({ codeSha256 }) => codeSha256).join(' ');
      if (version?.hashes === hashes) return version;
      await version?.stop();
      return startVersion(options, hashes);
    });
    started = next.catch(() => undefined);
    return next;
  }

  async function stopVersion(): Promise<void> {
    const version = await started;
    started = Promise.resolve(undefined);
    await version?.stop();
  }

  const server = createServer(async (incoming, outgoing) => {
    try {
      const { url } = await current();
      const response = await forwardRequest(url, incoming, await buffer(incoming));
      forwardResponse(response, await buffer(response), outgoing);
    } catch (error) {
      outgoing.writeHead(503).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stopVersion,
    async stop() {
      server.close();
      server.closeAllConnections();
      await stopVersion();
    },
  };
}

async function startVersion({ cloud, folder, packageFolders }: Options, hashes: string): Promise<Version> {
  const { Items = [] } = await cloud.httpApis.send(new GetApisCommand({}));
  const deployed = await readDeployed(cloud, 'http', Items[0]?.ApiEndpoint ?? '');
  const dynamoDb = await startDynoxide();
  const runner = await startRunner({
    cloud,
    dynamoDb,
    deployed,
    shortNames: new Map(deployed.functions.map(({ name }) => [name, name.replace(/^support-(.*)-dev$/, '$1')])),
    packages: new Map(packageFolders().flatMap((one) => [...packagesByHash(one)])),
    folder: join(folder, hashes.replace(/\W/g, '').slice(0, 12)),
    logs: join(folder, 'logs'),
    port: 0,
  });
  return {
    hashes,
    url: runner.url,
    async stop() {
      await runner.stop();
      await dynamoDb.stop();
    },
  };
}
