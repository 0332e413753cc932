export { CLASSIFIER_ACTIONS, COMPREHEND_ACTIONS } from './actions.ts';
export { comprehend } from './client.ts';
export { type ComprehendOptions, comprehendAnalyzer } from './comprehend-analyzer.ts';
