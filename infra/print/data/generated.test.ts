import { describe, expect, it } from 'vitest';
import { TABLES } from '../../../backend/src/services/tables.ts';
import { generatedFiles } from './generated.ts';

describe('infra/generated', () => {
  it('has one parameter name at each place of a path, as a REST API requires', () => {
    const routes = JSON.parse(generatedFiles().get('routes.json') ?? '[]') as { path: string }[];
    const names = new Map<string, string>();
    for (const { path } of routes) {
      for (const [i, segment] of path.split('/').entries()) {
        if (!segment.startsWith('{')) continue;
        const parent = path.split('/').slice(0, i).join('/');
        expect([path, names.get(parent) ?? segment]).toEqual([path, segment]);
        names.set(parent, segment);
      }
    }
  });

  it('lets the authorizer of a gateway protect only paths without a public method', () => {
    const routes = JSON.parse(generatedFiles().get('routes.json') ?? '[]') as { path: string; needsCaller: boolean }[];
    const open = routes.filter(({ needsCaller }) => !needsCaller).map(({ path }) => path);
    // `POST /auth/sessions` is public; GET and DELETE are not. One public method makes the path open.
    expect(open.filter((path) => !path.startsWith('/v1'))).toEqual([
      '/',
      '/.well-known/jwks.json',
      '/auth/password',
      '/auth/sessions',
      '/auth/sessions/refresh',
      '/docs',
      '/docs/assets/{name}',
      '/docs/errors',
      '/docs/errors/{code}',
      '/healthz',
      '/openapi.json',
      '/openapi.yaml',
      '/readyz',
    ]);
    expect(open).toHaveLength(2 * 13);
  });

  it('stays within the limits of DynamoDB for indexes and projected attributes of a table', () => {
    for (const { indexes } of Object.values(TABLES)) {
      expect(indexes.reduce((sum, { include }) => sum + include.length, 0)).toBeLessThanOrEqual(100);
      expect(indexes.length).toBeLessThanOrEqual(20);
    }
  });
});
