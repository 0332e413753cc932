import type { PlacedEvent } from '@curlew/core/kernel';

/** A row of `events`. */
export function placedEvent(row: Record<string, unknown>): PlacedEvent {
  return {
    position: row.position as number,
    event: {
      id: row.id as string,
      type: row.type as string,
      organizationId: row.organization_id as string,
      subject: row.subject as string,
      sequence: row.sequence as number,
      time: row.time as string,
      actorId: row.actor_id as string,
      data: JSON.parse(row.data as string),
    },
  };
}
