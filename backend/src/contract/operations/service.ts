import type { serviceRoutes } from '../../http/service.ts';
import { Health } from '../../http/service.ts';
import { ok } from './example-data.ts';
import { get } from './test-request.ts';
import type { OperationTexts, SchemaName } from './text-types.ts';

export const serviceOperations = {
  getRoot: {
    summary: 'Open the documentation',
    successes: ['A redirect to the documentation.'],
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => get('/') },
  },
  getHealth: {
    summary: 'Is the process alive?',
    successes: ['The process is alive.'],
    examples: { answers: ok },
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => get('/healthz') },
  },
  getReadiness: {
    summary: 'Can the process answer requests?',
    successes: ['The process can answer requests.'],
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
    summary: 'Load a script or style sheet of the documentation page',
    successes: ['A script.', 'A style sheet.'],
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => get('/docs/assets/start.js') },
  },
  listErrors: {
    summary: 'List all problems',
    successes: ['A page.'],
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => get('/docs/errors') },
  },
  getError: {
    summary: 'Explain a problem and its solution',
    successes: ['A page.'],
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => get('/docs/errors/forbidden') },
  },
} as const satisfies OperationTexts<typeof serviceRoutes>;

export const serviceNames: readonly SchemaName[] = [[Health, 'Health']];
