import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { eventV1 } from '../../../../rehearsal/gateway/event-v1.ts';
import { eventV2 } from '../../../../rehearsal/gateway/event-v2.ts';
import { appOfKinds, KEY } from '../../../test/route-kinds.ts';
import type { GatewayEvent } from './gateway-event.ts';
import { gatewayHandler } from './gateway-handler.ts';

const BYTES = Buffer.from([0, 0xff, 0xfe, 0x80, 10, 13]);
// The `Sec-WebSocket-Key` is the one from the example in RFC 6455.
const UPGRADE = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' };

describe.each(['an HTTP API (payload 2.0)', 'a REST API (payload 1.0)'])('behind %s', (api) => {
  interface Sent {
    readonly method?: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: Buffer;
  }

  function eventOf({ method = 'GET', path, headers = KEY, body = Buffer.alloc(0) }: Sent): GatewayEvent {
    const type: Record<string, string> = body.length === 0 ? {} : { 'content-type': 'image/png' };
    const all = Object.entries({ host: 'api.example.com', ...type, ...headers });
    const incoming = { method, path, query: '', headers: all, body, sourceIp: '127.0.0.1' };
    const facts = { accountId: '1', apiId: 'api', domainName: 'api.example.com', stageVariables: {} };
    const routed = { parameters: {}, requestId: 'r', traceId: 't', time: new Date() };
    return (
      api.includes('2.0')
        ? eventV2(incoming, { ...facts, stage: '$default' }, { ...routed, routeKey: '$default' })
        : eventV1(incoming, { ...facts, stage: 'dev' }, { ...routed, resource: '/{proxy+}', resourceId: 'x' }, ['*/*'])
    ) as GatewayEvent;
  }

  const { app, watched } = appOfKinds();
  const handler = gatewayHandler(
    async () => app,
    '',
    () => {},
  );
  async function send(sent: Sent, event = eventOf(sent)) {
    const result = (await handler(event, {} as Context)) as {
      statusCode: number;
      body: string;
      isBase64Encoded: boolean;
      headers?: Record<string, string>;
      multiValueHeaders?: Record<string, string[]>;
    };
    return { ...result, header: (name: string) => result.headers?.[name] ?? result.multiValueHeaders?.[name]?.[0] };
  }

  it('bytes are received and returned as Base64', async () => {
    const sent = { method: 'PUT', path: '/v1/files/logo', body: BYTES };
    expect(eventOf(sent)).toMatchObject({ isBase64Encoded: true, body: BYTES.toString('base64') });
    const answer = await send(sent);
    expect(answer).toMatchObject({ statusCode: 200, isBase64Encoded: true, body: BYTES.toString('base64') });
    expect(answer.header('content-type')).toBe('image/png');
  });

  it('a bytes route returns Base64 even if its content type is text', async () => {
    const answer = await send({ path: '/v1/files/5' });
    expect(answer.header('content-type')).toBe('text/plain; charset=latin1');
    expect(answer).toMatchObject({ isBase64Encoded: true, body: Buffer.alloc(5, 0xe9).toString('base64') });
  });

  it('text and problem documents are not encoded in Base64', async () => {
    expect(await send({ path: '/v1/text' })).toMatchObject({ isBase64Encoded: false, body: 'zwölf' });
    const tooLarge = await send({ method: 'PUT', path: '/v1/files/logo', body: Buffer.alloc(1001, 0xff) });
    expect(tooLarge).toMatchObject({ statusCode: 413, isBase64Encoded: false });
    expect(JSON.parse(tooLarge.body)).toMatchObject({ code: 'body_too_large' });
  });

  it('a stream ends after the existing events, and names the time of the next request', async () => {
    const answer = await send({ path: '/v1/events' });
    expect([answer.statusCode, answer.isBase64Encoded]).toEqual([200, false]);
    expect(answer.header('content-type')).toBe('text/event-stream');
    expect(answer.header('cache-control')).toBe('no-store');
    expect(answer.body).toBe(
      'retry: 5000\n\nid: 1\nevent: ticket\ndata: first\ndata: of two lines\n\nid: 2\ndata: second\n\n',
    );
    const next = await send({ path: '/v1/events', headers: { ...KEY, 'last-event-id': '1' } });
    expect(next.body).toBe('retry: 5000\n\nid: 2\ndata: second\n\n');
  });

  it('an upgrade is refused, after authentication', async () => {
    const path = '/v1/socket';
    const before = watched.signals.length;
    const answer = await send({ path, headers: { ...KEY, ...UPGRADE } });
    expect(answer.statusCode).toBe(426);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'malformed_http', status: 426 });
    expect((await send({ path, headers: UPGRADE })).statusCode).toBe(401);
    expect(watched.signals).toHaveLength(before);
  });
});
