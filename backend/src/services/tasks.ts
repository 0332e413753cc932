import { taskRoutes } from '../http/tasks.ts';
import type { Service } from './service-types.ts';

export const service = {
  name: 'tasks',
  description: 'Tasks',
  routes: [taskRoutes],
  ports: { tasks: 'tasks', tickets: 'ticketLookup' },
  table: {
    indexes: [
      { name: 'by-creation', partition: 'o', sort: 'id', include: ['task'] },
      { name: 'by-ticket', partition: 't', sort: 'id', include: ['task'] },
    ],
    stream: true,
  },
  mayUse: {
    tasks: { items: ['GetItem', 'PutItem', 'DeleteItem', 'ConditionCheckItem'], indexes: true },
    tickets: { items: ['GetItem'] },
  },
} as const satisfies Service;
