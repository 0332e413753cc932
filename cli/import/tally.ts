import type { Problem } from '@curlew/client';

export type Kind = 'tickets' | 'messages' | 'tasks' | 'users';
export const KINDS = ['tickets', 'messages', 'tasks', 'users'] as const satisfies readonly Kind[];

interface Counts {
  created: number;
  /** Items that an earlier run brought with the same content. */
  existing: number;
}

/** The counts of an import so far. */
export interface Tally extends Record<Kind, Counts> {
  rows: number;
  rejected: number;
  /** Rows that are in Curlew with other content. */
  different: number;
  /** Bytes of the file read so far. */
  bytes: number;
}

/** A row that was not imported, or only in part, or is in Curlew with other content, with the reason. */
export interface Rejected {
  readonly line: number;
  readonly externalId: string | null;
  readonly reason: string;
  readonly errors: Problem['errors'];
}

export function newTally(): Tally {
  const none = (): Counts => ({ created: 0, existing: 0 });
  return {
    rows: 0,
    rejected: 0,
    different: 0,
    bytes: 0,
    tickets: none(),
    messages: none(),
    tasks: none(),
    users: none(),
  };
}

/** A row that the import changed to bring it in, with the changes. */
export interface Noted {
  readonly line: number;
  readonly externalId: string | null;
  readonly notes: readonly string[];
}
