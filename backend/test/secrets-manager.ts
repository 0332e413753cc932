import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What happens to a call instead: a refusal, an answer that never comes, stops half way, or is something else. */
export type SecretsFault =
  | { readonly refuse: string; readonly status?: number }
  | { readonly hang: true }
  | { readonly stall: string }
  | { readonly answer: string };

/** Stands in for Secrets Manager with one secret, empty at first, on the wire. */
export async function secretsManager() {
  let value: { text: string; since: number } | undefined;
  let faults: SecretsFault[] = [];
  let calls = 0;

  const server = createServer(async (incoming, outgoing) => {
    calls += 1;
    const { SecretString } = (await json(incoming)) as { SecretString?: string };
    const say = (status: number, body: string) =>
      outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(body);
    const refuse = (type: string, status = 400) => say(status, JSON.stringify({ __type: type, message: 'As told.' }));
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
    /** For a client of it that loses patience soon. */
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
    /** The next calls meet these, one each; further ones are answered. */
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
