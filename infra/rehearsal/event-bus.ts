import { randomUUID } from 'node:crypto';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { type Cloud, REGION } from './deployed/cloud.ts';
import type { DeployedRule } from './deployed/model.ts';
import { fitsPattern } from './event-pattern.ts';

/** An entry of `PutEvents` as it is on the wire. */
export interface EventEntry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
  readonly Resources?: readonly string[];
  /** Seconds since 1970. */
  readonly Time?: number;
}

interface Answer {
  readonly FailedEntryCount: number;
  readonly Entries: readonly { EventId?: string; ErrorCode?: string; ErrorMessage?: string }[];
}

/**
 * EventBridge by the deployed rules: an event goes to the queues of each rule that it fits, unless a queue's policy
 * refuses the rule. The stand-in can do so too, but takes a fifth of a second for each event.
 */
export function eventBus(cloud: Cloud, rules: readonly DeployedRule[], account: string) {
  return async (entries: readonly EventEntry[]): Promise<Answer> => {
    const answers: Answer['Entries'][number][] = [];
    const bodies = new Map<string, string[]>();
    for (const entry of entries) {
      const event = eventOf(entry, account);
      if ('ErrorCode' in event) {
        answers.push(event);
        continue;
      }
      answers.push({ EventId: event.id });
      const bus = (entry.EventBusName ?? 'default').split('/').at(-1);
      for (const rule of rules) {
        if (!rule.isEnabled || rule.bus !== bus || !fitsPattern(JSON.parse(rule.pattern), event)) continue;
        for (const { queueUrl, admits } of rule.targets) {
          if (admits) bodies.set(queueUrl, [...(bodies.get(queueUrl) ?? []), JSON.stringify(event)]);
        }
      }
    }
    for (const [QueueUrl, all] of bodies) {
      // An event may fit several rules of one queue; a batch holds ten messages.
      for (let at = 0; at < all.length; at += 10) {
        const Entries = all.slice(at, at + 10).map((MessageBody, i) => ({ Id: String(i), MessageBody }));
        await cloud.queues.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      }
    }
    return { FailedEntryCount: answers.filter(({ ErrorCode }) => ErrorCode !== undefined).length, Entries: answers };
  };
}

function eventOf({ Source, DetailType, Detail, Resources = [], Time }: EventEntry, account: string) {
  if (!Source || !DetailType || !Detail) {
    const missing = !Source ? 'Source' : !DetailType ? 'DetailType' : 'Detail';
    return {
      ErrorCode: 'InvalidArgument',
      ErrorMessage: `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`,
    };
  }
  const detail = parsed(Detail);
  if (typeof detail !== 'object' || detail === null) {
    return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  }
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': DetailType,
    source: Source,
    account,
    time: new Date(Time === undefined ? Date.now() : Time * 1000).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: REGION,
    resources: Resources,
    detail,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
