export { patchUser } from './change-user.ts';
export { createUser, firstAdmin } from './create-user.ts';
export { deleteUser } from './delete-user.ts';
export type { UserDeps } from './deps.ts';
export * from './events.ts';
export { findOrCreateAuthor, findOrCreateReporter, requireAssignee } from './first-contact.ts';
export * from './ports.ts';
export { listUsers, readMe, readUser, readUserForExport } from './read-users.ts';
export * from './user.ts';
