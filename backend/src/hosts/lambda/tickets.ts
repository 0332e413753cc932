import { httpHandler } from './http-handler.ts';
import { triageService } from './triage-service.ts';
import { ticketService } from './wire.ts';

export const handler = httpHandler([ticketService, triageService], 'tickets');
