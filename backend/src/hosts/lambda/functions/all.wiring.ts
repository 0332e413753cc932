// Printed by "npm run generate" from backend/src/services; do not edit.
import * as tickets from '../../../services/tickets.ts';
import * as tasks from '../../../services/tasks.ts';
import * as users from '../../../services/users.ts';
import * as analytics from '../../../services/analytics.ts';
import * as service from '../../../services/service.ts';
import { type Reacting, reacting, type Serving, serving } from '../../serving.ts';
import type { LambdaHost } from '../lambda-host.ts';
import * as ticketsPorts from '../ports/tickets.ts';
import * as usersPorts from '../ports/users.ts';
import * as triagePorts from '../ports/triage.ts';
import * as tasksPorts from '../ports/tasks.ts';
import * as analyticsPorts from '../ports/analytics.ts';
import * as servicePorts from '../ports/service.ts';

export const wiring: readonly Serving<LambdaHost>[] = [
  serving<LambdaHost, typeof tickets.service>(tickets.service, { tickets: ticketsPorts.tickets, people: ticketsPorts.people, audit: usersPorts.audit, triager: triagePorts.triager, settings: triagePorts.triageSettings }),
  serving<LambdaHost, typeof tasks.service>(tasks.service, { tasks: tasksPorts.tasks, tickets: ticketsPorts.ticketLookup }),
  serving<LambdaHost, typeof users.service>(users.service, { users: usersPorts.users, keys: usersPorts.apiKeys, secrets: usersPorts.apiKeySecrets, organizations: usersPorts.organizations, firstAdmin: usersPorts.firstAdmin, audit: usersPorts.audit }),
  serving<LambdaHost, typeof analytics.service>(analytics.service, { counts: analyticsPorts.ticketCounts }),
  serving<LambdaHost, typeof service.service>(service.service, { documentation: servicePorts.documentation, ready: servicePorts.ready }),
];
