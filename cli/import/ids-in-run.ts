import { type Issue, isObject, isSameJson } from '@curlew/core/kernel';
import { derivedId, type Fields, type Row } from './row.ts';

/** Finds items of one run that have the same id and different content. */
export interface IdsInRun {
  /** Remembers the ids of a row. Returns a problem for each id that an earlier row has with other content. */
  add(row: Row, value: unknown, line: number): readonly Issue[];
}

export function idsInRun(): IdsInRun {
  const first = new Map<string, { readonly line: number; readonly digest: string }>();

  function check(name: string, pointer: string, place: { line: number; digest: string }): Issue[] {
    const known = first.get(name);
    if (known === undefined) first.set(name, place);
    if (known === undefined || known.digest === place.digest) return [];
    const where = known.line === place.line ? 'Another item of this row' : `Line ${known.line}`;
    return [{ pointer, code: 'duplicate_id', message: `${where} has the same id with other content.` }];
  }

  return {
    add(row, value, line) {
      const issues = idsOf(row, value).flatMap(({ name, pointer, content }) =>
        check(name.normalize('NFC'), pointer, { line, digest: digestOf(content) }),
      );
      return [...issues, ...repeatedMessages(row)];
    },
  };
}

interface NamedItem {
  readonly name: string;
  readonly pointer: string;
  readonly content: unknown;
}

/** The items of a row that carry an id of the file. An id that the import derives from content names one content. */
function idsOf(row: Row, value: unknown): NamedItem[] {
  if (row.kind === 'user') {
    const { id, user_id = id, email } = row.user;
    return [
      ...(isId(user_id) ? [{ name: `user ${user_id}`, pointer: '/user/id', content: row.user }] : []),
      ...(isId(email) ? [{ name: `email ${email.toLowerCase()}`, pointer: '/user/email', content: row.user }] : []),
    ];
  }
  if (row.kind === 'task') return taskIds([row.task], () => '/task/externalId');
  const { externalId } = isObject(value) ? value : {};
  return [
    ...(isId(externalId) ? [{ name: `ticket ${externalId}`, pointer: '/externalId', content: value }] : []),
    ...taskIds(
      row.tasks.map((task) => ({ ...task, ticket: row.externalId })),
      (i) => `/tasks/${i}/externalId`,
    ),
  ];
}

/** The id of a message is unique on its ticket only. */
function repeatedMessages(row: Row): Issue[] {
  if (row.kind !== 'ticket') return [];
  const first = new Map<unknown, Fields>();
  return row.messages.flatMap(({ externalId, fields }, i) => {
    const known = first.get(externalId) ?? fields;
    first.set(externalId, known);
    if (isSameJson(known, fields)) return [];
    const message = 'Another message of this row has the same id with other content.';
    return [{ pointer: `/messages/${i}/externalId`, code: 'duplicate_id', message }];
  });
}

function taskIds(tasks: readonly Fields[], pointerOf: (i: number) => string): NamedItem[] {
  return tasks.map((task, i) => ({ name: `task ${String(task.externalId)}`, pointer: pointerOf(i), content: task }));
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Short, because a run keeps one digest for each row. */
function digestOf(content: unknown): string {
  return derivedId(content).slice('import-'.length, 'import-'.length + 24);
}
