/**
 * A record of one change: for example, that a ticket was opened or a user was deleted. The names follow CloudEvents
 * 1.0: the organization is the source, the resource is the subject. An event contains ids, scalars and the version, but
 * no texts that people wrote, so that erasing a person's data needs no change of stored events.
 */
export interface EventEnvelope<Type extends string, Data> {
  readonly id: string;
  readonly type: Type;
  readonly organizationId: string;
  /** Id of the resource that changed. */
  readonly subject: string;
  /** The number of the event among all events of its subject, from 1 and without gaps. */
  readonly sequence: number;
  readonly time: string;
  readonly actorId: string;
  readonly data: Data;
}

export type AnyEvent = EventEnvelope<string, object>;

/**
 * The kind of resource that an event is about. Events of a message are events of its ticket, in the ticket's sequence.
 * The exception is here and not in the service, because the bus and the stores know only the type of an event.
 */
export function subjectKind(type: string): string {
  const noun = type.slice(0, type.indexOf('.'));
  return noun === 'message' ? 'ticket' : noun;
}

/** The key of an event's subject, unique across organizations. Events with the same key are delivered in order. */
export function subjectKey(event: AnyEvent): string {
  return `${event.organizationId} ${subjectKind(event.type)} ${event.subject}`;
}
