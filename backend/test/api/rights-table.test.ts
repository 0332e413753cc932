import { expect, it } from 'vitest';
import { reachesOf } from '../../src/contract/openapi/rights-table.ts';
import { ROUTES } from '../../src/contract/openapi/routes.ts';
import { WHO_MAY } from './who-may.ts';

it('the contract gives each caller the rights of the table that is written by hand', () => {
  expect(Object.fromEntries(ROUTES.map((route) => [route.id, [route.right, ...reachesOf(route)]]))).toEqual(WHO_MAY);
});
