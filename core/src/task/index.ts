export { patchTask } from './change-task.ts';
export { createTask } from './create-task.ts';
export { deleteTask } from './delete-task.ts';
export type { TaskDeps } from './deps.ts';
export * from './events.ts';
export * from './ports.ts';
export { listTasks, readTask } from './read-tasks.ts';
export { Task, TaskFields, type TaskRecord, TicketId, taskExternalIdTaken } from './task.ts';
