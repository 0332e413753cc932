import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../../src/contract/openapi/document.ts';
import { ROUTES } from '../../src/contract/openapi/routes.ts';
import { IDS } from '../../src/contract/operations/example-data.ts';
import { OPERATION_TEXTS } from '../../src/contract/operations/index.ts';
import { responseChecker } from './response-check.ts';

const { check } = responseChecker(openApiDocument('1.0.0', ROUTES));

const JSON_TYPE = 'application/json';
const PROBLEM_TYPE = 'application/problem+json';
const ticket = Object.values(OPERATION_TEXTS.getTicket?.examples?.answers?.[200] ?? {})[0] as object;
const user = Object.values(OPERATION_TEXTS.getUser?.examples?.answers?.[200] ?? {})[0] as object;

function problem(status: number, code: string, more: object = {}) {
  return {
    type: `/docs/errors/${code}`,
    title: code,
    status,
    detail: 'So it is.',
    message: 'So it is.',
    code,
    requestId: 'r',
    ...more,
  };
}

describe('as documented', () => {
  test.each([
    ['GET', '/v1/tickets/1', 200, JSON_TYPE, ticket],
    ['GET', '/tickets/1', 200, JSON_TYPE, ticket],
    ['get', '/tickets/1?', 200, 'application/json; charset=utf-8', JSON.stringify(ticket)],
    ['HEAD', '/tickets/1', 200, JSON_TYPE, ''],
    ['HEAD', '/nothing', 404, PROBLEM_TYPE, null],
    ['GET', '/tickets/1', 304, null, ''],
    ['PATCH', `/v1/tickets/${IDS.ticket}`, 204, undefined, undefined],
    ['DELETE', '/v1/users/anybody', 204, null, null],
    ['OPTIONS', '/v1/users', 204, null, null],
    ['GET', '/users?id=01', 200, JSON_TYPE, user],
    ['GET', '/users', 200, JSON_TYPE, [user]],
    ['GET', '/v1', 302, null, null],
    ['GET', '/docs', 200, 'text/html; charset=utf-8', '<!doctype html>'],
    ['GET', '/docs/errors/not_found', 200, 'text/html; charset=utf-8', '<!doctype html>'],
    ['GET', '/tickets/1', 404, PROBLEM_TYPE, problem(404, 'not_found')],
    ['GET', '/nowhere/at/all', 404, PROBLEM_TYPE, problem(404, 'route_not_found')],
    ['GET', '/nowhere', 403, PROBLEM_TYPE, problem(403, 'origin_not_allowed')],
    ['HEAD', '/tickets/1/restore', 405, PROBLEM_TYPE, ''],
    ['PUT', '/tasks', 405, PROBLEM_TYPE, problem(405, 'method_not_allowed')],
    ['GET', '/tickets', 431, PROBLEM_TYPE, problem(431, 'malformed_http')],
    [
      'PUT',
      '/tickets/1',
      409,
      PROBLEM_TYPE,
      problem(409, 'illegal_transition', { from: 'CLOSED', to: 'NEW', allowed: [] }),
    ],
  ])('%s %s %i', (method, path, status, type, body) => {
    expect(() => check(method, path, status, type, body)).not.toThrow();
  });
});

describe('not as documented', () => {
  test.each([
    [
      'an unknown field',
      'GET',
      '/tickets/1',
      200,
      JSON_TYPE,
      { ...ticket, secret: 1 },
      /additional properties.*secret/,
    ],
    [
      'a missing field',
      'GET',
      '/tickets/1',
      200,
      JSON_TYPE,
      { ...ticket, number: undefined },
      /required property 'number'/,
    ],
    ['a wrong value', 'GET', '/tickets/1', 200, JSON_TYPE, { ...ticket, status: 'open' }, /\/status.*allowed values/],
    ['a null too many', 'GET', '/tickets/1', 200, JSON_TYPE, { ...ticket, title: null }, /\/title must be string/],
    ['a bad instant', 'GET', '/tickets/1', 200, JSON_TYPE, { ...ticket, createdAt: '3 March' }, /\/createdAt.*format/],
    [
      'an undocumented status',
      'GET',
      '/tickets/1',
      201,
      JSON_TYPE,
      ticket,
      /201.*not documented; getTicket answers 200/,
    ],
    ['another content type', 'GET', '/tickets/1', 200, 'text/html', '<p>', /content type text\/html/],
    ['no content type', 'GET', '/tickets/1', 200, null, ticket, /content type \(none\)/],
    ['no body', 'GET', '/tickets/1', 200, JSON_TYPE, '', /must be object/],
    ['a body where none is', 'DELETE', '/tickets/1', 204, null, 'gone', /has a body/],
    ['a body after HEAD', 'HEAD', '/tickets/1', 200, JSON_TYPE, ticket, /has a body/],
    ['a problem as plain JSON', 'GET', '/tickets/1', 404, JSON_TYPE, problem(404, 'not_found'), /content type/],
    [
      'another problem',
      'GET',
      '/me',
      404,
      PROBLEM_TYPE,
      problem(404, 'user_exists'),
      /user_exists, documented are not_/,
    ],
    ['a problem of another status', 'GET', '/me', 404, PROBLEM_TYPE, problem(400, 'not_found'), /of status 400/],
    ['a problem with more', 'GET', '/me', 404, PROBLEM_TYPE, problem(404, 'not_found', { stack: '' }), /stack/],
    ['an unknown path', 'GET', '/nowhere', 200, JSON_TYPE, {}, /not in the contract/],
    ['an unknown method', 'DELETE', '/tickets', 204, null, null, /not in the contract/],
    ['a page for an unknown path', 'GET', '/nowhere', 404, 'text/html', '404', /not in the contract/],
    [
      'a failure at an unknown path',
      'GET',
      '/nowhere',
      500,
      PROBLEM_TYPE,
      problem(500, 'internal'),
      /not in the contract/,
    ],
    ['no JSON', 'GET', '/tickets/1', 200, JSON_TYPE, '{', /announced as application\/json/],
    ['a route denied', 'GET', '/tickets', 404, PROBLEM_TYPE, problem(404, 'route_not_found'), /there is a route/],
    ['a method denied', 'GET', '/tickets', 405, PROBLEM_TYPE, problem(405, 'method_not_allowed'), /says otherwise/],
  ])('%s', (_, method, path, status, type, body, message) => {
    expect(() => check(method, path, status, type, body)).toThrow(message);
  });
});
