// Printed by "npm run generate" from backend/src/services; do not edit.
import * as tickets from '../../../services/tickets.ts';
import { type Reacting, reacting, type Serving, serving } from '../../serving.ts';
import type { LambdaHost } from '../lambda-host.ts';
import * as ticketsPorts from '../ports/tickets.ts';
import * as usersPorts from '../ports/users.ts';
import * as triagePorts from '../ports/triage.ts';

export const wiring: readonly Serving<LambdaHost>[] = [
  serving<LambdaHost, typeof tickets.service>(tickets.service, { tickets: ticketsPorts.tickets, people: ticketsPorts.people, audit: usersPorts.audit, triager: triagePorts.triager, settings: triagePorts.triageSettings }),
];
