// Printed by "npm run generate" from backend/src/services; do not edit.
import * as tasks from '../../../services/tasks.ts';
import { type Reacting, reacting, type Serving, serving } from '../../serving.ts';
import type { LambdaHost } from '../lambda-host.ts';
import * as tasksPorts from '../ports/tasks.ts';
import * as ticketsPorts from '../ports/tickets.ts';

export const wiring: readonly Serving<LambdaHost>[] = [
  serving<LambdaHost, typeof tasks.service>(tasks.service, { tasks: tasksPorts.tasks, tickets: ticketsPorts.ticketLookup }),
];
