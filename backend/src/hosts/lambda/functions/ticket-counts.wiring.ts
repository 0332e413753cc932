// Printed by "npm run generate" from backend/src/services; do not edit.
import * as analytics from '../../../services/analytics.ts';
import { type Reacting, reacting, type Serving, serving } from '../../serving.ts';
import type { LambdaHost } from '../lambda-host.ts';
import * as analyticsPorts from '../ports/analytics.ts';

export const wiring: Reacting<LambdaHost> = reacting<LambdaHost, typeof analytics.ticketCounts>(analytics.ticketCounts, { counts: analyticsPorts.ticketCounts });
