import type { NewTicket, TicketPriority, TicketStatus, TicketType } from '@curlew/core/ticket';

const SUBJECTS = ['The invoice', 'The export', 'Single sign-on', 'The mobile app', 'The weekly report', 'My password'];
const TROUBLES = ['cannot be opened', 'is empty', 'fails since this morning', 'shows old figures', 'takes minutes'];
const DETAILS = [
  'We tried it on two machines and in another browser, with the same result.',
  'It worked until last Friday, and nothing has been changed on our side since then.',
  'Three colleagues of mine see it too, so I do not think that it is only my account.',
  'The page says "Something went wrong" and nothing more; I have attached no screenshot.',
  'We need it for the closing of the month, so please tell us how long this will take.',
];
const TAGS = ['billing', 'export', 'login', 'mobile', 'report', 'api', 'web', 'vip'];
const REPLIES = [
  'Thank you for looking into it. I tried it again just now, after a restart, and it is still the same as this morning.',
  'We have found the cause and are rolling out a fix; you should see it within the hour. Please tell us if you do not.',
  'Could you send us the time of your last attempt, and the address of the page on which you saw the message?',
];

// The shares of a support desk after some years: most tickets are closed, and most of the others are open and
// unimportant.
const STATUSES: readonly TicketStatus[] = spread({ NEW: 5, OPEN: 15, IN_PROGRESS: 10, RESOLVED: 20, CLOSED: 50 });
const PRIORITIES: readonly TicketPriority[] = spread({ LOW: 30, MEDIUM: 45, HIGH: 20, CRITICAL: 5 });
const TYPES: readonly TicketType[] = spread({ INCIDENT: 50, SERVICE_REQUEST: 30, QUESTION: 20 });

/** The number of customers who report this number of tickets. */
export function customersOf(tickets: number): number {
  return Math.min(5000, Math.max(100, tickets / 10));
}

export function customer(i: number): { id: string; email: string } {
  return { id: `customer-${i}`, email: `customer-${i}@example.com` };
}

/** The body of a new ticket as a form or a mailbox sends it, with the reporter's address only. About 400 bytes. */
export function incomingTicket(customers: number): NewTicket {
  return {
    title: `${any(SUBJECTS)} ${any(TROUBLES)}`,
    description: `${any(DETAILS)} ${any(DETAILS)} ${any(DETAILS)}`,
    email: customer(below(customers)).email,
    priority: any(PRIORITIES),
    tags: someTags(),
    customFields: { plan: 'team' },
  };
}

/** A ticket with any status, and with the reporter's id. */
export function storedTicket(customers: number): NewTicket {
  const { email: _, ...ticket } = incomingTicket(customers);
  return {
    ...ticket,
    reporterId: customer(below(customers)).id,
    status: any(STATUSES),
    type: any(TYPES),
    ...(Math.random() < 0.6 ? { assignedToId: `agent-${below(20)}` } : {}),
  };
}

export function reply(): { body: string } {
  return { body: any(REPLIES) };
}

export function any<T>(items: readonly T[]): T {
  return items[below(items.length)] as T;
}

function below(limit: number): number {
  return Math.floor(Math.random() * limit);
}

function someTags(): string[] {
  const first = below(TAGS.length);
  return [TAGS[first] as string, TAGS[(first + 3) % TAGS.length] as string];
}

function spread<Name extends string>(shares: Readonly<Record<Name, number>>): Name[] {
  return (Object.keys(shares) as Name[]).flatMap((name) => Array<Name>(shares[name]).fill(name));
}
