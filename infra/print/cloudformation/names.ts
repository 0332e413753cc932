import { sub } from './intrinsics.ts';

/** `ticket-counts` → `TicketCounts`, because a logical id may contain only letters and digits. */
export function logicalId(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** The name of a resource in the AWS account, such as `support-tickets-dev`. */
export const named = (thing: string) => sub(`support-${thing}-\${Environment}`);

export const tableId = (table: string) => `${logicalId(table)}Table`;
export const functionId = (name: string) => `${logicalId(name)}Function`;
export const deadLetterQueueId = (name: string) => `${logicalId(name)}DeadLetterQueue`;
export const ruleId = (subscription: string) => `${logicalId(subscription)}Rule`;

export const BUS_ID = 'EventBus';
export const API_ID = 'Api';
export const FILES_ID = 'FilesBucket';
