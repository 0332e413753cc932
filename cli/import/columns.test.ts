import { describe, expect, test } from 'vitest';
import { ColumnProblem, columnsOf, parseMaps, ticketFrom } from './columns.ts';

const none = parseMaps([]);

describe('columnsOf', () => {
  test.each([
    ['External ID', 'externalId'],
    ['external_id', 'externalId'],
    ['EXTERNALID', 'externalId'],
    ['Subject', 'title'],
    ['title', 'title'],
    ['Body', 'description'],
    ['Description', 'description'],
    ['status', 'status'],
    ['Reporter Email', 'email'],
    ['E MAIL', 'email'],
    ['customer_email', 'email'],
    ['reporterId', 'reporterId'],
    ['Assignee', 'assignedToId'],
    ['Assigned To ID', 'assignedToId'],
    ['assignedToId', 'assignedToId'],
  ])('maps the column %s to the field %s', (column, field) => {
    expect(columnsOf([column], none)).toEqual([field]);
  });

  test('lists unknown and known columns, and explains --map', () => {
    const refused = () => columnsOf(['Subject', 'Plan', 'Seats'], none);
    expect(refused).toThrow(ColumnProblem);
    expect(refused).toThrow(/"Plan", "Seats"/);
    expect(refused).toThrow(/External ID, Subject or Title, Body or Description/);
    expect(refused).toThrow(/--map "Plan="/);
  });

  test('--map sets a field, overrides one, and skips a column', () => {
    const maps = parseMaps(['summary=title', 'Subject=', 'ID = externalId']);
    expect(columnsOf(['ID', 'Summary', 'Subject', 'Body'], maps)).toEqual([
      'externalId',
      'title',
      undefined,
      'description',
    ]);
  });

  test('--map skips a column without a name', () => {
    expect(columnsOf(['Subject', ''], parseMaps(['=']))).toEqual(['title', undefined]);
  });

  test('refuses two columns for one field', () => {
    expect(() => columnsOf(['Subject', 'Title'], none)).toThrow(/"Subject", "Title" all map to title/);
  });

  test('refuses --map for a column that is not in the file', () => {
    expect(() => columnsOf(['Subject'], parseMaps(['Summary=title']))).toThrow(/"summary", which is not in the file/);
  });
});

describe('parseMaps', () => {
  test('splits --map at the last =', () => {
    expect([...parseMaps(['a=b=title'])]).toEqual([['a=b', 'title']]);
  });

  test.each([['Summary'], ['Summary=subject'], ['Summary=constructor']])('refuses %s', (option) => {
    expect(() => parseMaps([option])).toThrow(ColumnProblem);
  });
});

describe('ticketFrom', () => {
  test('skips empty cells and columns without a field', () => {
    expect(ticketFrom(['title', 'priority', undefined, 'email'], ['Broken', '  ', 'x', ''])).toEqual({
      title: 'Broken',
    });
  });

  test('separates tags at semicolons and commas', () => {
    expect(ticketFrom(['tags'], [' vip; refund ,,spare keys;'])).toEqual({ tags: ['vip', 'refund', 'spare keys'] });
  });

  test('keeps texts unchanged and trims other cells', () => {
    expect(ticketFrom(['title', 'description', 'email'], [' A ', 'b\n', ' c@example.org '])).toEqual({
      title: ' A ',
      description: 'b\n',
      email: 'c@example.org',
    });
  });

  test('joins the words of a value with underscores, as the API does', () => {
    expect(ticketFrom(['status', 'type'], ['In Progress', 'service-request'])).toEqual({
      status: 'In_Progress',
      type: 'service_request',
    });
  });
});
