import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { A_TICKET } from '../../test/a-ticket.ts';
import { CurlewError } from '../kernel/index.ts';
import { checkStep, editableFields, moveTicket, NEXT, NewTicket, TicketStatus, titleFrom } from './ticket.ts';

describe('moveTicket', () => {
  const status = fc.constantFrom(...TicketStatus.options);

  it('allows exactly the steps of the workflow, along any path', () => {
    fc.assert(
      fc.property(fc.array(status, { maxLength: 12 }), (path) => {
        let now = A_TICKET;
        for (const to of path) {
          const allowed = to === now.status || NEXT[now.status].includes(to);
          if (!allowed) {
            expect(() => moveTicket(now, to, 'later')).toThrow(CurlewError);
            continue;
          }
          now = moveTicket(now, to, 'later');
          expect(now.status).toBe(to);
          expect(now.closedAt !== null).toBe(now.status === 'CLOSED');
          if (now.status === 'RESOLVED') expect(now.resolvedAt).not.toBeNull();
          if (['NEW', 'OPEN', 'IN_PROGRESS'].includes(now.status)) expect(now.resolvedAt).toBeNull();
        }
      }),
    );
  });

  // Repeats the table of the contract, so that an accidental change of the workflow fails here.
  it.each([
    ['NEW', ['OPEN', 'IN_PROGRESS', 'RESOLVED', 'CLOSED']],
    ['OPEN', ['IN_PROGRESS', 'RESOLVED', 'CLOSED']],
    ['IN_PROGRESS', ['OPEN', 'RESOLVED', 'CLOSED']],
    ['RESOLVED', ['OPEN', 'CLOSED']],
    ['CLOSED', []],
  ] as const)('allows the steps from %s to %j', (from, to) => {
    expect(NEXT[from]).toEqual(to);
  });

  it('names the allowed statuses in its error', () => {
    try {
      moveTicket({ ...A_TICKET, status: 'RESOLVED' }, 'NEW', 'later');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'illegal_transition', details: { allowed: ['OPEN', 'CLOSED'] } });
    }
  });

  it.each([
    ['RESOLVED', 'NEW', 'A RESOLVED ticket can become OPEN, CLOSED, but not NEW.'],
    ['CLOSED', 'OPEN', 'A CLOSED ticket stays CLOSED; open a new ticket instead.'],
  ] as const)('explains in its error why %s cannot become %s', (from, to, sentence) => {
    expect(() => checkStep(from, to)).toThrow(sentence);
  });

  it('changes nothing for the present status', () => {
    expect(moveTicket(A_TICKET, 'NEW', 'later')).toBe(A_TICKET);
  });
});

describe('titleFrom', () => {
  it.each([
    ['first\nsecond', 'first'],
    ['\n  \n\t hello   there \nx', 'hello there'],
    ['x'.repeat(300), 'x'.repeat(200)],
    ['', undefined],
    [' \n ', undefined],
  ])('%j gives %j', (description, title) => {
    expect(titleFrom(description)).toBe(title);
  });
});

describe('NewTicket', () => {
  const problems = (input: object) => NewTicket.safeParse(input).error?.issues.map((issue) => issue.path.join('/'));

  it.each([
    ['a title of 200 characters', { title: '👋'.repeat(200) }],
    ['20 tags of 40 characters', { tags: Array.from({ length: 20 }, (_, i) => String(i).padEnd(40, 'x')) }],
    ['custom fields of 4 KiB', { customFields: { a: 'x'.repeat(4096 - 8) } }],
    ['null for fields that may be unset', { assignedToId: null, externalId: null }],
  ])('accepts %s', (_, input) => {
    expect(problems(input)).toBeUndefined();
  });

  it.each([
    ['a title of 201 characters', { title: 'x'.repeat(201) }, 'title'],
    ['a title of two lines', { title: 'a\nb' }, 'title'],
    ['a description of 20,001 characters', { description: 'x'.repeat(20_001) }, 'description'],
    ['21 tags', { tags: Array.from({ length: 21 }, String) }, 'tags'],
    ['a tag of 41 characters', { tags: ['x'.repeat(41)] }, 'tags/0'],
    ['a tag with a comma', { tags: ['a,b'] }, 'tags/0'],
    ['custom fields of more than 4 KiB', { customFields: { a: 'ü'.repeat(2045) } }, 'customFields'],
    ['custom fields that are a list', { customFields: [] }, 'customFields'],
    ['a number that JSON cannot represent', { customFields: { a: [Number.POSITIVE_INFINITY] } }, 'customFields'],
    ['an e-mail address without @', { email: 'joy' }, 'email'],
    ['an id with a slash', { reporterId: 'a/b' }, 'reporterId'],
  ])('refuses %s', (_, input, where) => {
    expect(problems(input)).toContain(where);
  });
});

describe('editableFields', () => {
  it('sets missing fields to their defaults, and removes duplicate tags', () => {
    const given = {
      title: 'T',
      description: '',
      status: 'NEW',
      priority: 'LOW',
      type: 'QUESTION',
      reporterId: 'u',
    } as const;
    expect(editableFields({ ...given, tags: ['a', 'b', 'a'] })).toMatchObject({
      ...given,
      assignedToId: null,
      tags: ['a', 'b'],
      customFields: {},
      externalId: null,
    });
  });
});
