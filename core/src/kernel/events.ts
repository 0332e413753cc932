/**
 * A fact that happened, in CloudEvents 1.0 terms (the organization is the source, the resource the subject).
 * Carries ids, scalars and the version, never what people wrote, so that erasing a person rewrites no event.
 */
export interface EventEnvelope<Type extends string, Data> {
  readonly id: string;
  readonly type: Type;
  readonly organizationId: string;
  /** Id of the resource that it happened to. */
  readonly subject: string;
  /** Counts the events of one subject from 1, without gaps: later facts have higher numbers. */
  readonly sequence: number;
  readonly time: string;
  readonly actorId: string;
  readonly data: Data;
}

export type AnyEvent = EventEnvelope<string, object>;

/** The kind of resource that an event is about. A message's events are its ticket's, and count in its sequence. */
export function subjectKind(type: string): string {
  const noun = type.slice(0, type.indexOf('.'));
  return noun === 'message' ? 'ticket' : noun;
}

/** What names the subject of an event among all: events with the same key are delivered in order. */
export function subjectKey(event: AnyEvent): string {
  return `${event.organizationId} ${subjectKind(event.type)} ${event.subject}`;
}
