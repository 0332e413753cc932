import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkRow } from './check-row.ts';
import { parseMaps } from './columns.ts';
import { fitRow } from './fit-row.ts';
import { parseValues } from './parse-values.ts';
import { PROFILES, type ProfileName } from './profiles.ts';
import { openRows } from './read-rows.ts';
import { parseRow, type TicketRow } from './row.ts';

// The tables have the columns and spellings that the help desks export. The texts are our own.

const folder = mkdtempSync(join(tmpdir(), 'curlew-desks-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The rows of an export with `--from`, all of them valid for the API. */
async function exported(from: ProfileName, table: string): Promise<TicketRow[]> {
  const file = join(folder, `${from}.csv`);
  writeFileSync(file, table);
  const values = parseValues([], PROFILES[from]);
  const found: TicketRow[] = [];
  for await (const read of (await openRows(file, parseMaps([]), { profile: PROFILES[from] })).rows) {
    expect(read).toHaveProperty('row');
    const row = parseRow(fitRow('row' in read ? read.row : undefined, values, from).value);
    expect(checkRow(row)).toEqual([]);
    if (row.kind === 'ticket') found.push(row);
  }
  return found;
}

test('Zendesk', async () => {
  const table = `Summation column,Id,Requester,Requester id,Requester external id,Requester email,Requester domain,Submitter,Assignee,Group,Subject,Tags,Status,Priority,Via,Ticket type,Created at,Updated at,Satisfaction Score
1,1042,Kim Lee,360001234567,,kim@example.org,example.org,Kim Lee,Ana Lindqvist,Support,24" monitor broken,billing urgent_fix vip,Pending,Urgent,Web,Problem,2024-03-01 10:15,2024-03-02 08:00,Offered
1,1043,Pat,360001234568,,pat@example.org,example.org,Pat,,Support,"Where is ""my"" order?",,Solved,-,Mail,-,2024-03-01 10:16,2024-03-02 08:00,
`;
  expect(await exported('zendesk', table)).toMatchObject([
    {
      externalId: '1042',
      status: 'IN_PROGRESS',
      ticket: {
        title: '24" monitor broken',
        email: 'kim@example.org',
        priority: 'CRITICAL',
        type: 'INCIDENT',
        tags: ['billing', 'urgent_fix', 'vip'],
      },
    },
    { externalId: '1043', status: 'RESOLVED', ticket: { title: 'Where is "my" order?', email: 'pat@example.org' } },
  ]);
});

test('Freshdesk', async () => {
  const table = `"Ticket ID","Subject","Status","Priority","Source","Type","Agent","Group","Created time","Resolved time","Tags","Full name","Title","Email","Work phone"
"77","Refund please","Waiting on Customer","Urgent","Email","Refund","No Agent","","2024-03-01 10:15:00","","refund,late","Kim Lee","Head of Sales","kim@example.org",""
`;
  expect(await exported('freshdesk', table)).toMatchObject([
    {
      externalId: '77',
      status: 'IN_PROGRESS',
      ticket: { title: 'Refund please', email: 'kim@example.org', tags: ['refund', 'late'], priority: 'CRITICAL' },
    },
  ]);
});

test('osTicket', async () => {
  const table = `"Ticket Number";"Date Created";"Subject";"From";"From Email";"Priority";"Department";"Help Topic";"Source";"Current Status";"Last Updated";"Agent Assigned";"Team Assigned"
"482913";"2024-03-01 10:15:00";"Printer, again";"Kim Lee";"kim@example.org";"Emergency";"Support";"Hardware";"Web";"Open";"2024-03-01 11:00:00";"";""
`;
  expect(await exported('osticket', table)).toMatchObject([
    {
      externalId: '482913',
      status: 'OPEN',
      ticket: { title: 'Printer, again', email: 'kim@example.org', priority: 'CRITICAL', category: 'Hardware' },
    },
  ]);
});

test('Jira, with repeated columns', async () => {
  const table = `Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Assignee,Reporter,Created,Updated,Labels,Labels,Description,Comment,Comment
Login fails,SUP-7,10007,[System] Incident,To Do,SUP,Highest,ana@example.com,Kim Lee <kim@example.org>,01/Mar/24 10:15 AM,02/Mar/24 8:00 AM,login,sso,"It
fails",01/Mar/24 10:20 AM;ana;We look.,01/Mar/24 10:30 AM;kim;Thanks
Old,SUP-8,10008,Story,Done,SUP,Lowest,,jdoe,01/Mar/24 10:15 AM,02/Mar/24 8:00 AM,,,,,
`;
  expect(await exported('jira', table)).toMatchObject([
    {
      externalId: 'SUP-7',
      status: 'NEW',
      ticket: {
        title: 'Login fails',
        description: 'It\nfails',
        assignedToId: 'ana@example.com',
        email: 'kim@example.org',
        tags: ['login', 'sso'],
        priority: 'CRITICAL',
        type: 'INCIDENT',
      },
      messages: [
        { fields: { kind: 'note', body: '01/Mar/24 10:20 AM;ana;We look.' } },
        { fields: { kind: 'note', body: '01/Mar/24 10:30 AM;kim;Thanks' } },
      ],
    },
    { externalId: 'SUP-8', status: 'RESOLVED', ticket: { reporterId: 'jdoe', type: 'SERVICE_REQUEST' } },
  ]);
});

test('HubSpot', async () => {
  const table = `Ticket ID,Ticket name,Pipeline,Ticket status,Create date,Priority,Ticket owner,Source,Last activity date,Ticket description,Associated Contact
8812345678,Wrong size,Support Pipeline,Waiting on us,2024-03-01 10:15,MEDIUM,Ana Lindqvist,EMAIL,2024-03-02 08:00,The shoes are too small,Kim Lee (kim@example.org)
`;
  expect(await exported('hubspot', table)).toMatchObject([
    {
      externalId: '8812345678',
      status: 'OPEN',
      ticket: { title: 'Wrong size', description: 'The shoes are too small', email: 'kim@example.org' },
    },
  ]);
});

test('Help Scout', async () => {
  const table = `Number,Subject,Status,Customer,Customer Email,Assigned To,Tags,Created At,Closed At
512,No invoice,active,Kim Lee,kim@example.org,Ana Lindqvist,"billing, invoice",2024-03-01 10:15,
`;
  expect(await exported('helpscout', table)).toMatchObject([
    {
      externalId: '512',
      status: 'OPEN',
      ticket: { title: 'No invoice', email: 'kim@example.org', tags: ['billing', 'invoice'] },
    },
  ]);
});
