import { httpHandler } from './http-handler.ts';
import { analyticsService } from './wire.ts';

export const handler = httpHandler([analyticsService]);
