import type { serviceRoutes } from '../../http/service.ts';
import { ok } from './example-data.ts';
import { get } from './test-request.ts';
import type { OperationTexts } from './text-types.ts';

export const serviceOperations = {
  getRoot: {
    summary: 'The way in',
    successes: ['Leads to the documentation.'],
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => get('/') },
  },
  getHealth: {
    summary: 'Is the process alive?',
    successes: ['It is.'],
    examples: { answers: ok },
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => get('/healthz') },
  },
  getReadiness: {
    summary: 'Can it answer requests?',
    successes: ['It can.'],
    examples: { answers: ok },
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => get('/readyz') },
  },
  getOpenApiJson: {
    summary: 'This contract as JSON',
    successes: ['An OpenAPI 3.0.4 document.'],
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => get('/openapi.json') },
  },
  getOpenApiYaml: {
    summary: 'This contract as YAML',
    successes: ['An OpenAPI 3.0.4 document.'],
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => get('/openapi.yaml') },
  },
  getDocs: {
    summary: 'Browse this contract',
    successes: ['A page.'],
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => get('/docs') },
  },
  getDocsAsset: {
    summary: 'Parts of the page that browses this contract',
    successes: ['A script.', 'A style sheet.'],
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => get('/docs/assets/start.js') },
  },
  listErrors: {
    summary: 'All problems',
    successes: ['A page.'],
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => get('/docs/errors') },
  },
  getError: {
    summary: 'What a problem means and what to do about it',
    successes: ['A page.'],
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => get('/docs/errors/forbidden') },
  },
} as const satisfies OperationTexts<typeof serviceRoutes>;
