import type { serviceRoutes } from '../../http/service.ts';
import type { OperationTexts } from './text-types.ts';

export const serviceOperations = {
  getRoot: {
    summary: 'The way in',
    successes: ['Leads to the documentation.'],
  },
  getHealth: {
    summary: 'Is the process alive?',
    successes: ['It is.'],
  },
  getReadiness: {
    summary: 'Can it answer requests?',
    successes: ['It can.'],
  },
  getOpenApiJson: {
    summary: 'This contract as JSON',
    successes: ['An OpenAPI 3.0.4 document.'],
  },
  getOpenApiYaml: {
    summary: 'This contract as YAML',
    successes: ['An OpenAPI 3.0.4 document.'],
  },
  getDocs: {
    summary: 'Browse this contract',
    successes: ['A page.'],
  },
  getDocsAsset: {
    summary: 'Parts of the page that browses this contract',
    successes: ['A script.', 'A style sheet.'],
  },
  listErrors: {
    summary: 'All problems',
    successes: ['A page.'],
  },
  getError: {
    summary: 'What a problem means and what to do about it',
    successes: ['A page.'],
  },
} as const satisfies OperationTexts<typeof serviceRoutes>;
