// Printed by "npm run generate" from backend/src/services; do not edit.
import { eventHandler } from '../event-handler.ts';
import { wiring } from './ticket-counts.wiring.ts';

export const handler = eventHandler(wiring);
