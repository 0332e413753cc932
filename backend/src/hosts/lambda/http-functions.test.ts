import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CurlewError } from '@curlew/core/kernel';
import type { APIGatewayProxyEvent, APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { Hono } from 'hono';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { admission } from './admission.ts';
import { readHttpConfig, readRelayConfig, readTriageConfig, tableVariable } from './config.ts';
import { FUNCTIONS } from './functions.ts';
import { readGatewayEvent } from './gateway-event.ts';
import { gatewayHandler } from './gateway-handler.ts';

describe('the environment of a function', () => {
  it('names its tables', () => {
    const env = {
      CURLEW_AUTH: 'open',
      CURLEW_BASE_PATH: '/dev',
      TICKETS_TABLE: 'support-tickets-dev',
      USERS_TABLE: '',
      [tableVariable('saved-views')]: 'support-saved-views-dev',
    };
    expect(readHttpConfig(env)).toEqual({
      auth: 'open',
      basePath: '/dev',
      tables: { tickets: 'support-tickets-dev', 'saved-views': 'support-saved-views-dev' },
      triage: { provider: 'embedded' },
    });
  });

  it('selects the text analyzer', () => {
    const env = {
      TEXT_ANALYZER: 'comprehend',
      COMPREHEND_CLASSIFIER: 'arn:aws:comprehend:x',
      FILES_BUCKET: 'support-files-dev',
    };
    expect(readTriageConfig(env)).toEqual({
      provider: 'comprehend',
      classifier: 'arn:aws:comprehend:x',
      bucket: 'support-files-dev',
    });
    expect(readTriageConfig({ COMPREHEND_CLASSIFIER: '', FILES_BUCKET: '' })).toEqual({ provider: 'embedded' });
    expect(() => readTriageConfig({ TEXT_ANALYZER: 'magic' })).toThrow(
      'TEXT_ANALYZER must be "embedded" or "comprehend"',
    );
  });

  it.each([
    [undefined, undefined],
    ['', undefined],
    ['arn:aws:secretsmanager:x', 'arn:aws:secretsmanager:x'],
  ])('names the secret for cursors, if it is set: %s', (SIGNING_SECRET, expected) => {
    const { signingSecret } = readHttpConfig({ CURLEW_AUTH: 'required', SIGNING_SECRET });
    expect(signingSecret).toBe(expected);
  });

  it('is refused with a list of all its errors', () => {
    expect(() => readHttpConfig({ CURLEW_AUTH: 'none', CURLEW_BASE_PATH: 'dev/' })).toThrow(
      'The function\'s environment is invalid: CURLEW_AUTH must be "open" or "required"; CURLEW_BASE_PATH must be empty, or a stage like "/dev".',
    );
    expect(() => readRelayConfig({})).toThrow('EVENT_BUS is missing');
  });
});

describe('authentication', () => {
  it('accepts every request in open mode', () => {
    const { authenticate } = admission('open', []);
    expect(authenticate(() => undefined, false)).toMatchObject({ role: 'admin', organizationId: 'default' });
  });

  it('otherwise accepts requests without credentials on public routes only', () => {
    const { authenticate } = admission('required', []);
    expect(() => authenticate(() => undefined, false)).toThrow(expect.objectContaining({ code: 'unauthenticated' }));
    expect(authenticate(() => undefined, true)).toEqual({ organizationId: '', userId: '', role: 'customer' });
  });
});

describe('events of API Gateway', () => {
  const version2 = (rawPath: string, method = 'POST') =>
    ({ rawPath, requestContext: { http: { method } }, body: '{}' }) as APIGatewayProxyEventV2;
  const version1 = (path: string, httpMethod = 'POST') => ({ path, httpMethod, body: '{}' }) as APIGatewayProxyEvent;

  it.each([
    ['/v1/tickets', '', '/v1/tickets'],
    ['/dev/v1/tickets', '/dev', '/dev/v1/tickets'],
    ['/v1/tickets', '/dev', '/dev/v1/tickets'],
    ['/devices', '/dev', '/dev/devices'],
    ['/v1/users/a b?c#d', '', '/v1/users/a%20b%3Fc%23d'],
    ['/v1/users/100%', '', '/v1/users/100%25'],
  ])('of an HTTP API: %s under "%s" is %s', (path, base, expected) => {
    expect(readGatewayEvent(version2(path), base).rawPath).toBe(expected);
  });

  it('of a REST API keep their encoding and get the stage in the path again', () => {
    expect(readGatewayEvent(version1('/v1/users/a%20b'), '/dev').path).toBe('/dev/v1/users/a%20b');
  });

  it('lose the body if the method cannot have one', () => {
    expect(readGatewayEvent(version2('/v1/tickets', 'GET'), '').body).toBeNull();
    expect(readGatewayEvent(version1('/v1/tickets', 'HEAD'), '').body).toBeNull();
    expect(readGatewayEvent(version1('/v1/tickets', 'DELETE'), '').body).toBe('{}');
  });
});

describe('a request', () => {
  const app = new Hono().all('*', (c) => c.json([c.req.method, c.req.header('idempotency-key')]));
  const handler = gatewayHandler(
    async () => app,
    '',
    () => {},
  );
  const context = {} as Context;
  const version2 = (method: string, headers: Record<string, string>) =>
    ({ rawPath: '/', headers, requestContext: { http: { method } }, body: '{}' }) as unknown as APIGatewayProxyEventV2;
  const version1 = (httpMethod: string, headers: Record<string, string>) => {
    const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
    return { path: '/', headers, multiValueHeaders, httpMethod, body: '{}' } as unknown as APIGatewayProxyEvent;
  };

  it.each([
    ['an HTTP API', version2],
    ['a REST API', version1],
  ])('from %s keeps the method and the headers of the caller', async (_, event) => {
    const seen = async (method: string, key: string) => {
      const { statusCode, body } = (await handler(event(method, { 'Idempotency-Key': key }), context)) as {
        statusCode: number;
        body: string;
      };
      return [statusCode, ...JSON.parse(body)];
    };
    for (const method of ['GET', 'POST', 'TRACE', 'CONNECT']) {
      expect(await seen(method, 'k%C3%A4')).toEqual([200, method, 'k%C3%A4']);
    }
    expect(await seen('POST', 'kä')).toEqual([200, 'POST', 'k\u00c3\u00a4']);
    expect(await seen('POST', '€')).toEqual([200, 'POST', '\u00e2\u0082\u00ac']);
  });
});

describe('a function that cannot start', () => {
  it('answers with a problem document, and starts at the next request', async () => {
    const errors: unknown[] = [new CurlewError('unavailable', 'The storage does not answer.')];
    const failures: unknown[] = [];
    const start = async () => {
      if (errors.length > 0) throw errors.shift();
      return new Hono().all('*', (c) => c.text('here'));
    };
    const handler = gatewayHandler(start, '/dev', (error) => failures.push(error));
    const event = { rawPath: '/dev/v1/tickets', requestContext: { http: { method: 'GET' } } } as APIGatewayProxyEventV2;
    const first = (await handler(event, {} as Context)) as { statusCode: number; body: string };
    expect([first.statusCode, JSON.parse(first.body)]).toEqual([
      503,
      expect.objectContaining({ code: 'unavailable', type: '/dev/docs/errors/unavailable' }),
    ]);
    expect(failures).toHaveLength(1);
    expect(await handler(event, {} as Context)).toMatchObject({ statusCode: 200, body: 'here' });
  });
});

describe('a function whose table does not answer', () => {
  afterEach(() => void vi.unstubAllEnvs());

  it('stops its calls before its own timeout and answers unavailable', async () => {
    let calls = 0;
    const silent = createServer(() => calls++);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${(silent.address() as AddressInfo).port}`);
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'none');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'none');
    vi.stubEnv('CURLEW_AUTH', 'open');
    vi.stubEnv('ANALYTICS_TABLE', 'support-analytics-dev');
    const { handler } = await import('./functions/analytics.ts');
    const event = { rawPath: '/v1/analytics/summary', requestContext: { http: { method: 'GET' } } };
    const context = { functionName: 'analytics', getRemainingTimeInMillis: () => 2500 };
    const answer = await handler(event as APIGatewayProxyEventV2, context as Context);
    expect(answer).toMatchObject({ statusCode: 503, body: expect.stringContaining('"code":"unavailable"') });
    expect(calls).toBe(1);
    silent.closeAllConnections();
    silent.close();
  });
});

describe('the functions', () => {
  it('include one for everything, with the permissions of all others', () => {
    const all = FUNCTIONS.find(({ name }) => name === 'all');
    for (const { name, trigger, tables } of FUNCTIONS) {
      if (trigger !== 'http') continue;
      for (const [table, access] of Object.entries(tables)) {
        const merged = all?.tables[table as keyof typeof tables];
        expect([name, table, merged?.items]).toEqual([name, table, expect.arrayContaining([...access.items])]);
        expect([name, table, merged?.indexes]).toEqual([name, table, access.indexes ?? merged?.indexes]);
      }
    }
  });

  it('have unique names and no permission to scan', () => {
    expect(new Set(FUNCTIONS.map(({ name }) => name)).size).toBe(FUNCTIONS.length);
    expect(JSON.stringify(FUNCTIONS)).not.toContain('Scan');
  });
});
