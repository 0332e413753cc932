import { analysisRoutes } from '../../http/analyses.ts';
import { bind } from '../../http/app.ts';
import { embeddedAnalysis } from '../analysis.ts';
import type { ServiceWiring } from './wire.ts';

/** Apart from the other services, so that only the packages that name it carry the models. */
export const analysisService: ServiceWiring = async () => bind(analysisRoutes, { analyze: embeddedAnalysis() });
