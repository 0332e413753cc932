// Printed by "npm run generate" from backend/src/services; do not edit.
import * as tickets from '../../services/tickets.ts';
import * as tasks from '../../services/tasks.ts';
import * as users from '../../services/users.ts';
import * as sessions from '../../services/sessions.ts';
import * as analytics from '../../services/analytics.ts';
import * as triage from '../../services/triage.ts';
import * as service from '../../services/service.ts';
import { type Reacting, reacting, type Serving, serving, type Timing, timing } from '../serving.ts';
import type { LocalHost } from './platform/local-host.ts';
import * as ticketsPorts from './ports/tickets.ts';
import * as usersPorts from './ports/users.ts';
import * as triagePorts from './ports/triage.ts';
import * as tasksPorts from './ports/tasks.ts';
import * as sessionsPorts from './ports/sessions.ts';
import * as analyticsPorts from './ports/analytics.ts';
import * as servicePorts from './ports/service.ts';

export const SERVED: readonly Serving<LocalHost>[] = [
  serving<LocalHost, typeof tickets.service>(tickets.service, { tickets: ticketsPorts.tickets, people: ticketsPorts.people, audit: usersPorts.audit, triager: triagePorts.triager, settings: triagePorts.triageSettings }),
  serving<LocalHost, typeof tasks.service>(tasks.service, { tasks: tasksPorts.tasks, tickets: ticketsPorts.ticketLookup }),
  serving<LocalHost, typeof users.service>(users.service, { users: usersPorts.users, keys: usersPorts.apiKeys, secrets: usersPorts.apiKeySecrets, organizations: usersPorts.organizations, firstAdmin: usersPorts.firstAdmin, setPassword: usersPorts.setPassword, audit: usersPorts.audit }),
  serving<LocalHost, typeof sessions.service>(sessions.service, { users: usersPorts.users, sessions: sessionsPorts.sessions, passwords: sessionsPorts.passwords, tokens: sessionsPorts.accessTokens, secrets: sessionsPorts.sessionSecrets, audit: usersPorts.audit, publicKeys: sessionsPorts.publicKeys }),
  serving<LocalHost, typeof analytics.service>(analytics.service, { counts: analyticsPorts.ticketCounts }),
  serving<LocalHost, typeof service.service>(service.service, { documentation: servicePorts.documentation, ready: servicePorts.ready }),
];

export const REACTIONS: readonly Reacting<LocalHost>[] = [
  reacting<LocalHost, typeof analytics.ticketCounts>(analytics.ticketCounts, { counts: analyticsPorts.ticketCounts }),
  reacting<LocalHost, typeof triage.triage>(triage.triage, { tickets: ticketsPorts.tickets, triager: triagePorts.triager, settings: triagePorts.triageSettings, contextFor: triagePorts.triageContext }),
];

export const TIMERS: readonly Timing<LocalHost>[] = [
];
