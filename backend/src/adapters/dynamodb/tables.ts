/** An index of a table: `INCLUDE` projection, so that a page of a list is answered from the index alone. */
export interface IndexDesign {
  readonly name: string;
  readonly partition: string;
  readonly sort: string;
  /** What is projected beside the keys. */
  readonly include: readonly string[];
}

export interface TableDesign {
  readonly name: string;
  readonly indexes: readonly IndexDesign[];
  /** Whether events are born in it, and a stream carries them on. */
  readonly stream: boolean;
  /** The attribute (epoch seconds) from which on DynamoDB may remove an item; such a table needs no backups. */
  readonly expires?: string;
}

// Every table has the keys `pk` and `sk`, and every value of `pk` starts with its letter and the organization.
// An index's keys are short because each item carries them: o = organization, s = status, a = assignee, r = reporter
// (or role), p = priority, t = ticket, u = instant of the last update and id, c = instant of creation and id.
const index = (name: string, partition: string, sort: string, ...include: string[]): IndexDesign => ({
  name,
  partition,
  sort,
  include,
});

/** The tables of the cloud shape: what the adapters use, the infrastructure creates and the tests create locally. */
export const TABLES = {
  tickets: {
    name: 'tickets',
    indexes: [
      index('by-creation', 'o', 'id', 'listed', 'u'),
      index('by-update', 'o', 'u', 'listed'),
      index('by-status', 's', 'id', 'listed', 'u'),
      index('by-status-update', 's', 'u', 'listed'),
      index('by-assignee', 'a', 'id', 'listed', 'u'),
      index('by-reporter', 'r', 'id', 'listed', 'u'),
      index('by-priority', 'p', 'id', 'listed', 'u'),
    ],
    stream: true,
  },
  tasks: {
    name: 'tasks',
    indexes: [index('by-creation', 'o', 'id', 'task'), index('by-ticket', 't', 'id', 'task')],
    stream: true,
  },
  users: {
    name: 'users',
    indexes: [index('by-creation', 'o', 'c', 'user', 'listed'), index('by-role', 'r', 'c', 'user', 'listed')],
    stream: true,
  },
  analytics: { name: 'analytics', indexes: [], stream: false },
  audit: { name: 'audit', indexes: [], stream: false },
  ephemeral: { name: 'ephemeral', indexes: [], stream: false, expires: 'expires' },
} as const satisfies Record<string, TableDesign>;

export type TableName = keyof typeof TABLES;
