import { httpHandler } from './http-handler.ts';
import { taskService } from './wire.ts';

export const handler = httpHandler([taskService], 'tasks');
