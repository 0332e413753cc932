export { scryptPasswords } from './passwords.ts';
