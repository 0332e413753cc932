/** How the export files of a help desk differ from the common column names. Names are compared without case and spaces. */
export interface Profile {
  /** Column names by field. They come before the common names. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  /** Values of the help desk in lower case, by field. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Characters between tags. */
  readonly tagSeparator: RegExp;
}

export const COMMON: Profile = { columns: {}, values: {}, tagSeparator: /[;,|]/ };

const STATUS = {
  pending: 'IN_PROGRESS',
  hold: 'IN_PROGRESS',
  'on-hold': 'IN_PROGRESS',
  'on hold': 'IN_PROGRESS',
  solved: 'RESOLVED',
  done: 'RESOLVED',
  active: 'OPEN',
  reopened: 'OPEN',
  'to do': 'NEW',
  'waiting on customer': 'IN_PROGRESS',
  'waiting on third party': 'IN_PROGRESS',
  'waiting for customer': 'IN_PROGRESS',
  'waiting for support': 'OPEN',
  'waiting on contact': 'IN_PROGRESS',
  'waiting on us': 'OPEN',
};
const PRIORITY = {
  urgent: 'CRITICAL',
  highest: 'CRITICAL',
  emergency: 'CRITICAL',
  blocker: 'CRITICAL',
  major: 'HIGH',
  normal: 'MEDIUM',
  minor: 'LOW',
  lowest: 'LOW',
  trivial: 'LOW',
};
const TYPE = {
  problem: 'INCIDENT',
  bug: 'INCIDENT',
  task: 'SERVICE_REQUEST',
  story: 'SERVICE_REQUEST',
  'feature request': 'SERVICE_REQUEST',
  '[system] incident': 'INCIDENT',
  '[system] service request': 'SERVICE_REQUEST',
};
const VALUES = { status: STATUS, priority: PRIORITY, type: TYPE };

const WITH_SPACES = /[;,|\s]+/;

export const PROFILES = {
  zendesk: {
    columns: {
      externalId: ['Id', 'Ticket ID'],
      email: ['Requester email'],
      reporter: ['Requester'],
      type: ['Ticket type', 'Type'],
      status: ['Status', 'Ticket status'],
    },
    values: VALUES,
    tagSeparator: WITH_SPACES,
  },
  freshdesk: {
    columns: {
      externalId: ['Ticket ID'],
      title: ['Subject'],
      assignee: ['Agent'],
      // The column "Title" is the job title of the contact.
      '': ['Title'],
    },
    values: VALUES,
    tagSeparator: /[;,|]/,
  },
  osticket: {
    columns: {
      externalId: ['Ticket Number', 'Number'],
      email: ['From Email', 'User Email'],
      reporter: ['From', 'User'],
      status: ['Current Status', 'Status'],
      assignee: ['Agent Assigned', 'Assigned To'],
      category: ['Help Topic'],
    },
    values: VALUES,
    tagSeparator: /[;,|]/,
  },
  jira: {
    columns: {
      externalId: ['Issue key', 'Key'],
      title: ['Summary'],
      type: ['Issue Type'],
      tags: ['Labels'],
      messages: ['Comment', 'Comments'],
    },
    values: VALUES,
    tagSeparator: WITH_SPACES,
  },
  hubspot: {
    columns: {
      externalId: ['Ticket ID'],
      title: ['Ticket name'],
      description: ['Ticket description'],
      status: ['Ticket status'],
      assignee: ['Ticket owner'],
      reporter: ['Associated Contact'],
    },
    values: VALUES,
    tagSeparator: /[;,|]/,
  },
  helpscout: {
    columns: {
      externalId: ['Conversation ID', 'Conversation #', 'Number', 'Id'],
      email: ['Customer Email'],
      reporter: ['Customer'],
      assignee: ['Assigned To', 'Assignee'],
      description: ['Preview', 'Body'],
    },
    values: VALUES,
    tagSeparator: /[;,|]/,
  },
} as const satisfies Readonly<Record<string, Profile>>;
export type ProfileName = keyof typeof PROFILES;
