export {
  type Answer,
  type Api,
  type Asked,
  apiClient,
  NoAnswer,
  type Problem,
  problemOf,
  Unauthenticated,
} from './api-client.ts';
