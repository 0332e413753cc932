// Printed by "npm run generate" from backend/src/services; do not edit.
import * as service from '../../../services/service.ts';
import { type Reacting, reacting, type Serving, serving } from '../../serving.ts';
import type { LambdaHost } from '../lambda-host.ts';
import * as servicePorts from '../ports/service.ts';

export const wiring: readonly Serving<LambdaHost>[] = [
  serving<LambdaHost, typeof service.service>(service.service, { documentation: servicePorts.documentation, ready: servicePorts.ready }),
];
