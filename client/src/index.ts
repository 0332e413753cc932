export {
  Aborted,
  type Answer,
  type Api,
  apiClient,
  type ClientOptions,
  NoAnswer,
  type Problem,
  problemOf,
  Unauthenticated,
  type Wait,
} from './api-client.ts';
