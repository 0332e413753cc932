import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Json } from '../../rehearsal/aws/json-call.ts';

interface StoredEvent {
  readonly id: string;
  readonly organizationId: string;
  readonly type: string;
  readonly time: string;
  readonly sequence: number;
}

/** The types of the stored events, oldest first. A null `organizationId` includes all organizations. */
export function typesOfEvents(items: readonly Json[], organizationId: string | null): string[] {
  return items
    .map((item) => eventIn(unmarshall(item)))
    .filter((event) => organizationId === null || event.organizationId === organizationId)
    .sort((a, b) => compare(a.time, b.time) || a.sequence - b.sequence || compare(a.id, b.id))
    .map(({ type }) => type);
}

/** The event envelope of a table item. The item's attributes are the envelope, or one attribute contains it as JSON. */
function eventIn(item: Record<string, unknown>): StoredEvent {
  for (const value of [item, ...Object.values(item)]) {
    const found = typeof value === 'string' && value.startsWith('{') ? JSON.parse(value) : value;
    if (typeof found?.type === 'string' && typeof found.time === 'string') return found;
  }
  throw new Error(`An event item holds no event: ${JSON.stringify(item)}`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
