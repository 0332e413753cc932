import { serviceRoutes } from '../http/service.ts';
import type { Service } from './service-types.ts';

/** This service also answers requests that match no route. */
export const service = {
  name: 'service',
  description: 'Health, contract, documentation, and requests without a route',
  routes: [serviceRoutes],
  ports: { documentation: 'documentation', ready: 'ready' },
  // The readiness check reads an item.
  mayUse: { ephemeral: { items: ['GetItem'] } },
} as const satisfies Service;
