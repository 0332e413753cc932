import { isSameJson } from '@curlew/core/kernel';
import type { Message, TicketChange, TicketRecord } from '@curlew/core/ticket';
import type { Item, Step } from './calls.ts';
import { putEvent, putNew, putReceipt } from './change-steps.ts';
import { type Dynamo, tableOf } from './client.ts';
import { guardKey, MESSAGE, partitionOf, placeKey, recordKey } from './keys.ts';
import { bodyItem, headerItem, messageItem } from './ticket-items.ts';

type Refused = NonNullable<Step['refused']>;

interface Refusals {
  readonly stale: Refused;
  readonly externalIdTaken: Refused;
  readonly messageExternalIdTaken: Refused;
}

/** The writes of a change. If several are refused, the error of the first one is thrown. */
export function ticketSteps(db: Dynamo, change: TicketChange, refusals: Refusals): Step[] {
  const { record, before, message } = change;
  const table = tableOf(db, 'tickets');
  const { organizationId, ticket, sequence } = record;
  const pk = partitionOf('T', organizationId, ticket.id);
  const put = (item: Item): Step => ({ write: { Put: { TableName: table, Item: { ...item } } } });
  const putGuard = (key: Item, id: string, refused?: Refused) => putNew(table, { ...key, id }, refused);

  function recordSteps(): Step[] {
    if (before === undefined) {
      return [
        putNew(table, headerItem(record, sequence), undefined),
        put(bodyItem(record, sequence)),
        putGuard(guardKey('T', organizationId, 'N', ticket.number), ticket.id),
      ];
    }
    if (change.events.length === 0) return [checkUnchanged(table, before, refusals.stale)];
    if (hasSameBody(before, record)) return [replaceHeader(table, record, before, undefined, refusals.stale)];
    return [replaceHeader(table, record, before, sequence, refusals.stale), put(bodyItem(record, sequence))];
  }

  function externalIdSteps(): Step[] {
    const [from, to] = [before?.ticket.externalId ?? null, ticket.externalId];
    if (from === to) return [];
    const key = (externalId: string) => guardKey('T', organizationId, 'X', externalId);
    return [
      ...(to === null ? [] : [putGuard(key(to), ticket.id, refusals.externalIdTaken)]),
      ...(from === null ? [] : [{ write: { Delete: { TableName: table, Key: { ...key(from) } } } }]),
    ];
  }

  function messageSteps({ id, externalId }: Message, item: Item): Step[] {
    return [
      ...(externalId === null ? [] : [putGuard(messageGuardKey(pk, externalId), id, refusals.messageExternalIdTaken)]),
      putNew(table, item, undefined),
      putNew(table, { ...messagePointerKey(pk, id), at: item.sk }, undefined),
    ];
  }

  return [
    ...recordSteps(),
    ...externalIdSteps(),
    // Each change has its own sequence, so messages sort in the order in which they were written.
    ...(message === undefined ? [] : messageSteps(message, messageItem(pk, placeKey(MESSAGE, sequence), message))),
    ...change.events.map(({ event, privateChanges }) => putEvent(table, pk, event, privateChanges)),
    ...putReceipt(db, change.receipt),
  ];
}

/** The key of the item that points from a message's id to the message. */
export function messagePointerKey(pk: string, messageId: string): Item {
  return { pk, sk: `M#${messageId}` };
}

/** The key of the item that reserves a message's external id on its ticket. */
export function messageGuardKey(pk: string, externalId: string): Item {
  return { pk, sk: `X#${externalId}` };
}

function checkUnchanged(table: string, { organizationId, ticket, sequence }: TicketRecord, refused: Refused): Step {
  return {
    write: {
      ConditionCheck: {
        TableName: table,
        Key: { ...recordKey('T', organizationId, ticket.id) },
        ConditionExpression: '#sequence = :sequence',
        ExpressionAttributeNames: { '#sequence': 'sequence' },
        ExpressionAttributeValues: { ':sequence': sequence },
      },
    },
    refused,
  };
}

const CHANGEABLE = ['u', 'o', 's', 'p', 'r', 'a', 'deletedAt', 'sequence', 'derived', 'listed'] as const;

/** Updates the header's changeable attributes, and removes those that the new header lacks. Sets `bodyAt` if given. */
function replaceHeader(
  table: string,
  record: TicketRecord,
  before: TicketRecord,
  bodyAt: number | undefined,
  refused: Refused,
): Step {
  const item = { ...headerItem(record, bodyAt ?? 0) };
  const names: string[] = bodyAt === undefined ? [...CHANGEABLE] : [...CHANGEABLE, 'bodyAt'];
  const set = names.filter((name) => item[name] !== undefined);
  const removed = names.filter((name) => item[name] === undefined);
  const setting = `SET ${set.map((name) => `#${name} = :${name}`).join(', ')}`;
  return {
    write: {
      Update: {
        TableName: table,
        Key: { ...recordKey('T', record.organizationId, record.ticket.id) },
        UpdateExpression:
          removed.length === 0 ? setting : `${setting} REMOVE ${removed.map((name) => `#${name}`).join(', ')}`,
        ConditionExpression: '#sequence = :before',
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(set.map((name) => [`:${name}`, item[name]])),
          ':before': before.sequence,
        },
      },
    },
    refused,
  };
}

function hasSameBody({ ticket: a }: TicketRecord, { ticket: b }: TicketRecord): boolean {
  return (
    a.description === b.description && isSameJson(a.customFields, b.customFields) && isSameJson(a.triage, b.triage)
  );
}
