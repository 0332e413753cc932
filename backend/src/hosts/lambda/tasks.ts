import { httpHandler } from './http-handler.ts';
import { taskService } from './wire.ts';

export const handler = await httpHandler([taskService], 'tasks');
