export {
  type Answer,
  type Api,
  apiClient,
  NoAnswer,
  type Problem,
  problemOf,
  Unauthenticated,
} from './api-client.ts';
