import { describe, expect, test } from 'vitest';
import { ColumnProblem, type Columns, columnsOf, parseMaps, ticketFrom } from './columns.ts';
import { COMMON } from './profiles.ts';

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
    ['Assignee', 'assignee'],
    ['Reporter', 'reporter'],
    ['Assigned To ID', 'assignedToId'],
    ['assignedToId', 'assignedToId'],
  ])('maps the column %s to the field %s', (column, field) => {
    const { fields } = columnsOf(['Title', column].slice(column.match(/^(subject|title)$/i) ? 1 : 0), none);
    expect(fields.at(-1)).toBe(field);
  });

  test('names unknown columns', () => {
    expect(columnsOf(['Subject', 'Plan', 'Seats'], none).unknown).toEqual(['Plan', 'Seats']);
  });

  test('without a title and a description it lists unknown and known columns, and explains --map', () => {
    const refused = () => columnsOf(['Plan', 'Seats'], none);
    expect(refused).toThrow(ColumnProblem);
    expect(refused).toThrow(/"Plan", "Seats"/);
    expect(refused).toThrow(/External ID, Subject or Title, Body or Description/);
    expect(refused).toThrow(/--map "Plan=title"/);
  });

  test('--map sets a field, overrides one, and skips a column', () => {
    const maps = parseMaps(['summary=title', 'Subject=', 'ID = externalId']);
    expect(columnsOf(['ID', 'Summary', 'Subject', 'Body'], maps).fields).toEqual([
      'externalId',
      'title',
      undefined,
      'description',
    ]);
  });

  test('--map skips a column without a name', () => {
    expect(columnsOf(['Subject', ''], parseMaps(['='])).fields).toEqual(['title', undefined]);
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

const table = (fields: Columns['fields']): Columns => ({
  header: fields.map(String),
  fields,
  unknown: [],
  profile: COMMON,
});

describe('ticketFrom', () => {
  test('skips empty cells and columns without a field', () => {
    expect(ticketFrom(table(['title', 'priority', undefined, 'email']), ['Broken', '  ', 'x', ''])).toEqual({
      title: 'Broken',
    });
  });

  test('separates tags at semicolons and commas', () => {
    expect(ticketFrom(table(['tags']), [' vip; refund ,,spare keys;'])).toEqual({
      tags: ['vip', 'refund', 'spare keys'],
    });
  });

  test('keeps texts unchanged and trims other cells', () => {
    expect(ticketFrom(table(['title', 'description', 'email']), [' A ', 'b\n', ' c@example.org '])).toEqual({
      title: ' A ',
      description: 'b\n',
      email: 'c@example.org',
    });
  });

  test('joins the words of a value with underscores, as the API does', () => {
    expect(ticketFrom(table(['status', 'type']), ['In Progress', 'service-request'])).toEqual({
      status: 'In_Progress',
      type: 'service_request',
    });
  });
});
