import { documentation } from './documentation.ts';
import { httpHandler } from './http-handler.ts';
import { service } from './wire.ts';

/** Health, contract, documentation, and whatever has no route. */
export const handler = httpHandler([service(documentation)]);
