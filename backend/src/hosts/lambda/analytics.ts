import { httpHandler } from './http-handler.ts';
import { analyticsService } from './wire.ts';

export const handler = await httpHandler([analyticsService]);
