import { ticketRoutes } from '../http/tickets.ts';
import { triageRoutes } from '../http/triage.ts';
import type { Service } from './service-types.ts';

export const service = {
  name: 'tickets',
  description: 'Tickets, messages, history',
  routes: [ticketRoutes, triageRoutes],
  ports: { tickets: 'tickets', people: 'people', audit: 'audit', triager: 'triager', settings: 'triageSettings' },
  table: {
    indexes: [
      { name: 'by-creation', partition: 'o', sort: 'id', include: ['listed', 'u'] },
      { name: 'by-update', partition: 'o', sort: 'u', include: ['listed'] },
      { name: 'by-status', partition: 's', sort: 'id', include: ['listed', 'u'] },
      { name: 'by-status-update', partition: 's', sort: 'u', include: ['listed'] },
      { name: 'by-assignee', partition: 'a', sort: 'id', include: ['listed', 'u'] },
      { name: 'by-reporter', partition: 'r', sort: 'id', include: ['listed', 'u'] },
      { name: 'by-priority', partition: 'p', sort: 'id', include: ['listed', 'u'] },
    ],
    stream: true,
  },
  mayUse: {
    tickets: {
      items: ['GetItem', 'PutItem', 'DeleteItem', 'ConditionCheckItem', 'Query', 'UpdateItem'],
      indexes: true,
    },
    // Opening a ticket can create the person who reports it.
    users: { items: ['GetItem', 'PutItem'] },
  },
  // This function only reads the learned data. The function `triage` learns from the decisions of users.
  readsTexts: { files: ['s3:GetObject'] },
} as const satisfies Service;
