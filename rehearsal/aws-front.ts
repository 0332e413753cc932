import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { bucketPolicies } from './bucket-policies.ts';
import type { eventBus } from './bus/event-bus.ts';
import { forwardRequest, forwardResponse, isForS3 } from './forward-request.ts';
import type { Invocation } from './functions/function-process.ts';
import { isUpdateOfMethod, updateMethod } from './update-method.ts';

interface Invokers {
  invoke(functionName: string, event: object): Promise<Invocation>;
  /** Asynchronous: does not wait for the result. */
  invokeLater(functionName: string, event: object): void;
}

export interface AwsFront {
  readonly url: string;
  /** Makes functions invokable through Lambda's API. */
  invokeBy(invokers: Invokers): void;
  /** Sets the rules that events are delivered by. */
  putEventsBy(putEvents: ReturnType<typeof eventBus>): void;
  stop(): void;
}

const ON_ITEMS = /^DynamoDB_\d+\.((Batch|Transact)?(Get|Put|Update|Delete|Write)Items?|Query|Scan)$/;
const INVOCATION = /^\/2015-03-31\/functions\/([^/]+)\/invocations/;

/**
 * The AWS endpoint for Terraform, the AWS CLI and other tools. Moto answers, except where it lacks a feature: Dynoxide
 * stores table items, the runner runs functions and delivers events, and a fake Comprehend that knows a few words
 * analyzes texts.
 */
export async function startAwsFront(motoUrl: string, dynamoDbUrl: string, comprehendUrl = motoUrl): Promise<AwsFront> {
  let invokers: Invokers | undefined;
  let putEvents: ReturnType<typeof eventBus> | undefined;
  const handlePolicyRequest = bucketPolicies();

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const target = String(incoming.headers['x-amz-target'] ?? '');
    const name = INVOCATION.exec(incoming.url ?? '')?.[1];
    if (name !== undefined && invokers !== undefined) {
      const event = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
      const functionName = decodeURIComponent(name).split(':').at(-1) ?? '';
      if (incoming.headers['x-amz-invocation-type'] === 'Event') {
        invokers.invokeLater(functionName, event);
        outgoing.writeHead(202).end();
        return;
      }
      return answerInvocation(await invokers.invoke(functionName, event), outgoing);
    }
    if (target === 'AWSEvents.PutEvents' && putEvents !== undefined) {
      outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      outgoing.end(JSON.stringify(await putEvents(JSON.parse(body.toString('utf8')).Entries)));
      return;
    }
    if (isUpdateOfMethod(incoming)) {
      const method = JSON.stringify(await updateMethod(motoUrl, incoming, body));
      outgoing.writeHead(200, { 'content-type': 'application/json' });
      outgoing.end(method);
      return;
    }
    if (isForS3(incoming)) {
      if (handlePolicyRequest(incoming, body, outgoing)) return;
      // A host name is needed: moto parses a numeric address as a bucket name.
      incoming.headers.host = `localhost:${new URL(motoUrl).port}`;
    }
    const response = await forwardRequest(standInFor(target), incoming, body);
    const bytes = await buffer(response);
    const isSpaced = target === 'AmazonSQS.GetQueueAttributes' && response.statusCode === 200;
    forwardResponse(response, isSpaced ? withoutSpaces(bytes) : bytes, outgoing);
  }

  function standInFor(target: string): string {
    if (ON_ITEMS.test(target)) return dynamoDbUrl;
    return target.startsWith('Comprehend_') ? comprehendUrl : motoUrl;
  }

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    invokeBy(by) {
      invokers = by;
    },
    putEventsBy(by) {
      putEvents = by;
    },
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answerInvocation(invocation: Invocation, outgoing: ServerResponse): void {
  if (invocation.kind === 'result') {
    outgoing.writeHead(200, { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' });
    outgoing.end(invocation.payload);
    return;
  }
  const { errorType, errorMessage } = invocation;
  outgoing.writeHead(200, { 'content-type': 'application/json', 'x-amz-function-error': 'Unhandled' });
  outgoing.end(JSON.stringify({ errorType, errorMessage }));
}

/**
 * AWS returns a queue's redrive policy unchanged. Moto adds spaces, and Terraform would see a change in every plan.
 */
function withoutSpaces(answer: Buffer): Buffer {
  const { Attributes = {}, ...rest } = JSON.parse(answer.toString('utf8'));
  const { RedrivePolicy } = Attributes;
  const compact = RedrivePolicy === undefined ? {} : { RedrivePolicy: JSON.stringify(JSON.parse(RedrivePolicy)) };
  return Buffer.from(JSON.stringify({ ...rest, Attributes: { ...Attributes, ...compact } }));
}
