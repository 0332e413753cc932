import { analysisService } from './analysis-service.ts';
import { documentation } from './documentation.ts';
import { httpHandler } from './http-handler.ts';
import { analyticsService, service, taskService, ticketService, userService } from './wire.ts';

/** Every HTTP route. */
export const handler = httpHandler(
  [ticketService, analysisService, taskService, userService, analyticsService, service(documentation)],
  'tickets',
);
