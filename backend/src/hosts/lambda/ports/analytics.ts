import { dynamoTicketCounts } from '../../../adapters/dynamodb/ticket-counts.ts';
import type { LambdaHost } from '../lambda-host.ts';

export const ticketCounts = ({ db }: LambdaHost) => dynamoTicketCounts(db);
