export {
  type Answer,
  type Api,
  type Asked,
  apiClient,
  NotAdmitted,
  type Problem,
  problemOf,
  Unanswered,
} from './api-client.ts';
