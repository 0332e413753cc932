import { describe, expect, it } from 'vitest';
import type { ApiRoute, DeployedApi } from '../deployed/model.ts';
import { findRoute, pathInStage } from './find-route.ts';
import { matchPath } from './match-path.ts';

const paths = [
  '/',
  '/tickets',
  '/tickets/{id}',
  '/tickets/counts',
  '/tickets/{id}/messages',
  '/docs/{rest+}',
  '/{proxy+}',
];

describe('a path', () => {
  it.each([
    ['/', '/', {}],
    ['/tickets', '/tickets', {}],
    ['/tickets/7', '/tickets/{id}', { id: '7' }],
    ['/tickets/counts', '/tickets/counts', {}],
    ['/tickets/counts/messages', '/tickets/{id}/messages', { id: 'counts' }],
    ['/tickets/7/other', '/{proxy+}', { proxy: 'tickets/7/other' }],
    ['/docs/a/b', '/docs/{rest+}', { rest: 'a/b' }],
    ['/docs', '/{proxy+}', { proxy: 'docs' }],
    ['/tickets/', '/{proxy+}', { proxy: 'tickets/' }],
    ['/Tickets', '/{proxy+}', { proxy: 'Tickets' }],
  ])('%s matches %s', (path, route, parameters) => {
    expect(
      matchPath(
        paths.map((one) => ({ path: one })),
        path,
      ),
    ).toEqual({ route: { path: route }, parameters });
  });

  it('matches nothing without a route', () => {
    expect(matchPath([{ path: '/tickets' }], '/tasks')).toBeUndefined();
  });
});

const route = (method: string, path: string, key = `${method} ${path}`): ApiRoute => ({
  method,
  path,
  key,
  functionName: '',
  payloadVersion: '2.0',
  timeoutMilliseconds: 30_000,
});
const api = (kind: 'http' | 'rest', stage: string, routes: ApiRoute[]): DeployedApi => ({
  kind,
  id: 'abc',
  domainName: 'abc.example',
  stage,
  stageVariables: {},
  routes,
  binaryMediaTypes: [],
  cors: undefined,
  gatewayResponses: {},
});

describe('an HTTP API', () => {
  const http = api('http', '$default', [
    route('ANY', '/tickets'),
    route('GET', '/tickets'),
    route('POST', '/tasks'),
    route('ANY', '/tickets/{id}'),
    route('ANY', '$default', '$default'),
  ]);

  it.each([
    ['GET', '/tickets', 'GET /tickets'],
    ['PUT', '/tickets', 'ANY /tickets'],
    ['GET', '/tasks', '$default'],
    ['GET', '/tickets/a%20b', 'ANY /tickets/{id}'],
    ['GET', '/tickets/a%2Fb', '$default'],
  ])('routes %s %s to %s', (method, path, key) => {
    expect(findRoute(http, method, path)?.route.key).toBe(key);
  });
});

describe('a REST API', () => {
  it('answers by itself if the resource lacks the method', () => {
    const rest = api('rest', 'dev', [route('GET', '/tickets'), route('ANY', '/{proxy+}')]);
    expect(findRoute(rest, 'GET', '/tickets')?.route.path).toBe('/tickets');
    expect(findRoute(rest, 'PUT', '/tickets')).toBeUndefined();
    expect(findRoute(rest, 'PUT', '/tasks')?.route.path).toBe('/{proxy+}');
  });
});

describe('a stage', () => {
  it.each([
    ['$default', '/dev/tickets', '/dev/tickets'],
    ['dev', '/dev/tickets', '/tickets'],
    ['dev', '/dev', '/'],
    ['dev', '/tickets', undefined],
    ['dev', '/device', undefined],
  ])('stage %s turns the path %s into %s', (stage, path, expected) => {
    expect(pathInStage(api('http', stage, []), path)).toBe(expected);
  });
});
