// Printed by "npm run generate" from backend/src/services; do not edit.
import { eventHandler } from '../event-handler.ts';
import { wiring } from './accounts.wiring.ts';

export const handler = eventHandler(wiring);
