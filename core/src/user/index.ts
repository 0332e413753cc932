export { patchUser } from './change-user.ts';
export { createUser, firstAdmin } from './create-user.ts';
export { deleteUser } from './delete-user.ts';
export * from './events.ts';
export { assignee, author, meetReporter } from './first-contact.ts';
export * from './ports.ts';
export { listUsers, readMe, readUser } from './read-users.ts';
export * from './user.ts';
export type { UserVerb } from './verb.ts';
