import { CurlewError, type Issue } from '@curlew/core/kernel';
import { TaskFields } from '@curlew/core/task';
import { NewMessage, NewTicket } from '@curlew/core/ticket';
import { NewUser } from '@curlew/core/user';
import type * as z from 'zod';
import { parseSpelled, SPELLINGS, type Spellings } from '../../backend/src/http/spellings.ts';
import type { Row } from './row.ts';
import type { Refusal } from './send-row.ts';

/** Validates a row with the API's schemas, without a request. Only the API can check references and duplicates. */
export function checkRow(row: Row): readonly Refusal[] {
  const issues: Issue[] = [];
  function check(schema: z.ZodType, fields: unknown, pointer: string, spellings: Spellings = {}): void {
    try {
      parseSpelled(schema, fields, spellings);
    } catch (error) {
      if (!(error instanceof CurlewError)) throw error;
      issues.push(...error.issues.map((issue) => ({ ...issue, pointer: `${pointer}${issue.pointer}` })));
    }
  }

  if (row.kind === 'user') check(NewUser, row.user, '/user', SPELLINGS.user);
  else if (row.kind === 'task') check(TaskFields, row.task, '/task');
  else {
    check(NewTicket, row.ticket, '', SPELLINGS.ticket);
    for (const [i, { fields, externalId }] of row.messages.entries()) {
      check(NewMessage, { ...fields, externalId }, `/messages/${i}`, SPELLINGS.message);
    }
    for (const [i, task] of row.tasks.entries()) check(TaskFields, task, `/tasks/${i}`);
  }
  return issues.map((issue) => ({ reason: `${issue.pointer}: ${issue.message}`, errors: [issue] }));
}
