// Printed by "npm run generate" from backend/src/services; do not edit.
import { httpHandler } from '../http-handler.ts';
import { wiring } from './service.wiring.ts';

export const handler = httpHandler(wiring);
