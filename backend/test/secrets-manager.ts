import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A failure of a call: an error, or a response that hangs, stops half way or has another text. */
export type SecretsFault =
  | { readonly refuse: string; readonly status?: number }
  | { readonly hang: true }
  | { readonly stall: string }
  | { readonly answer: string };

/** A local HTTP server with Secrets Manager's protocol and one secret, which is empty at first. */
export async function secretsManager() {
  let value: { text: string; since: number } | undefined;
  let faults: SecretsFault[] = [];
  let calls = 0;

  const server = createServer(async (incoming, outgoing) => {
    calls += 1;
    const { SecretString } = (await json(incoming)) as { SecretString?: string };
    const say = (status: number, body: string) =>
      outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(body);
    const refuse = (type: string, status = 400) =>
      say(status, JSON.stringify({ __type: type, message: 'Simulated failure.' }));
    const fault = faults.shift();
    if (fault !== undefined) {
      if ('refuse' in fault) refuse(fault.refuse, fault.status);
      if ('stall' in fault) outgoing.writeHead(200, { 'content-length': '10000' }).write(fault.stall);
      if ('answer' in fault) say(200, fault.answer);
      return;
    }
    if (incoming.headers['x-amz-target'] === 'secretsmanager.PutSecretValue') {
      value = { text: SecretString ?? '', since: Date.now() };
      say(200, '{}');
    } else if (value === undefined) refuse('ResourceNotFoundException');
    else say(200, JSON.stringify({ SecretString: value.text, CreatedDate: value.since / 1000 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    /** The configuration of a client with a short timeout. */
    config: {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      answerTimeoutMilliseconds: 1000,
    },
    put(text: string, since = Date.now()): void {
      value = { text, since };
    },
    text: () => value?.text ?? '',
    /** Sets the faults of the next calls, one for each call. Later calls succeed. */
    next(...some: readonly SecretsFault[]): void {
      faults = [...some];
    },
    calls: () => calls,
    stop(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}

export type SecretsManager = Awaited<ReturnType<typeof secretsManager>>;
