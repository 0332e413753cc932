import { analysisService } from './analysis-service.ts';
import { httpHandler } from './http-handler.ts';
import { ticketService } from './wire.ts';

export const handler = httpHandler([ticketService, analysisService], 'tickets');
