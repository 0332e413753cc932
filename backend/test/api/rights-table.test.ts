import { expect, it } from 'vitest';
import { reachesOf } from '../../src/contract/openapi/rights-table.ts';
import { ROUTES } from '../../src/contract/openapi/routes.ts';
import { OPERATION_TEXTS } from '../../src/contract/operations/index.ts';

it('the contract gives each caller the rights of the hand-written table', () => {
  const expected = Object.entries(OPERATION_TEXTS).map(([id, { access }]) => [id, access]);
  const actual = ROUTES.map((route) => [route.id, [route.right, ...reachesOf(route)]]);
  expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(expected));
});
