import { httpHandler } from './http-handler.ts';
import { userService } from './wire.ts';

export const handler = await httpHandler([userService], 'users');
