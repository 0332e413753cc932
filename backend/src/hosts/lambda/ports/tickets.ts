import { dynamoTicketLookup } from '../../../adapters/dynamodb/task-store.ts';
import { dynamoTicketStore } from '../../../adapters/dynamodb/ticket-store.ts';
import { peoplePort } from '../../people.ts';
import type { LambdaHost } from '../lambda-host.ts';
import { users } from './users.ts';

export const tickets = ({ db }: LambdaHost) => dynamoTicketStore(db);
export const people = async (host: LambdaHost) => peoplePort(await users(host));
export const ticketLookup = ({ db }: LambdaHost) => dynamoTicketLookup(db);
