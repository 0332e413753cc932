import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A failure of a call: a DynamoDB error, or a response that hangs, stops half way, is invalid or is lost. */
type Fault =
  | { readonly refuse: string; readonly reasons?: readonly string[] }
  | { readonly hang: true }
  | { readonly stall: true }
  | { readonly nonsense: string }
  | { readonly loseAnswer: true };

export interface FaultyDynamo {
  readonly url: string;
  /** Sets the faults of the next calls of the action, one for each call. Later calls succeed. */
  next(action: string, ...faults: readonly Fault[]): void;
  /** The number of calls of the action that arrived. */
  calls(action: string): number;
  stop(): void;
}

/** A proxy between a client and DynamoDB that lets calls fail like the service and the network do. */
export async function faultyDynamo(target: string): Promise<FaultyDynamo> {
  const waiting = new Map<string, Fault[]>();
  const counts = new Map<string, number>();
  const server = createServer((incoming, answer) => {
    const action = String(incoming.headers['x-amz-target']).replace(/^.*\./, '');
    counts.set(action, (counts.get(action) ?? 0) + 1);
    const fault = waiting.get(action)?.shift();
    if (fault !== undefined && 'hang' in fault) return;
    if (fault !== undefined && 'stall' in fault) {
      answer.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'content-length': '1000' }).write('{"It');
      return;
    }
    if (fault !== undefined && 'nonsense' in fault) {
      incoming.resume();
      answer.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(fault.nonsense);
      return;
    }
    if (fault !== undefined && 'refuse' in fault) {
      incoming.resume();
      const reasons = fault.reasons && { CancellationReasons: fault.reasons.map((Code) => ({ Code })) };
      const body = { __type: `com.amazonaws.dynamodb.v20120810#${fault.refuse}`, message: 'injected', ...reasons };
      answer.writeHead(fault.refuse === 'InternalServerError' ? 500 : 400, {
        'content-type': 'application/x-amz-json-1.0',
      });
      answer.end(JSON.stringify(body));
      return;
    }
    const { headers, method, url } = incoming;
    const passed = request(new URL(url ?? '/', target), { method, headers }, (response) => {
      if (fault !== undefined) {
        // DynamoDB has executed the call, but the client gets no response.
        response.resume();
        response.on('end', () => incoming.socket.destroy());
        return;
      }
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: (action, ...faults) => void waiting.set(action, [...faults]),
    calls: (action) => counts.get(action) ?? 0,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
