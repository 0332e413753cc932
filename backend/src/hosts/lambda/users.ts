import { httpHandler } from './http-handler.ts';
import { userService } from './wire.ts';

export const handler = httpHandler([userService], 'users');
