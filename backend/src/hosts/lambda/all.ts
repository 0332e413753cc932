import { documentation } from './documentation.ts';
import { httpHandler } from './http-handler.ts';
import { triageService } from './triage-service.ts';
import { analyticsService, service, taskService, ticketService, userService } from './wire.ts';

/** Every HTTP route. */
export const handler = httpHandler(
  [ticketService, triageService, taskService, userService, analyticsService, service(documentation)],
  'tickets',
);
