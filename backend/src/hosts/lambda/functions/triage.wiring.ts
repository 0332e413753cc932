// Printed by "npm run generate" from backend/src/services; do not edit.
import * as triage from '../../../services/triage.ts';
import { type Reacting, reacting, type Serving, serving } from '../../serving.ts';
import type { LambdaHost } from '../lambda-host.ts';
import * as ticketsPorts from '../ports/tickets.ts';
import * as triagePorts from '../ports/triage.ts';

export const wiring: Reacting<LambdaHost> = reacting<LambdaHost, typeof triage.triage>(triage.triage, { tickets: ticketsPorts.tickets, triager: triagePorts.triager, settings: triagePorts.triageSettings, contextFor: triagePorts.triageContext });
