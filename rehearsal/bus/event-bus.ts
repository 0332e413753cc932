import { randomUUID } from 'node:crypto';
import { REGION } from '../aws/cloud.ts';
import type { DeployedRule } from '../deployed/model.ts';
import { fitsPattern } from './event-pattern.ts';

/** An entry of `PutEvents` in the wire format. */
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

interface Targets {
  /** Calls a function asynchronously. False if the function is unreachable. */
  call(functionName: string, event: object): boolean;
  /** Sends an undelivered event to a queue. */
  giveUp(queueUrl: string, event: object): Promise<void>;
}

/**
 * Delivers events by the deployed rules of EventBridge: to the functions of each matching rule. If a function's policy
 * refuses the rule, or the function is unreachable, the event goes to the target's dead-letter queue. If the queue
 * refuses it too, the event is lost.
 */
export function eventBus(rules: readonly DeployedRule[], account: string, { call, giveUp }: Targets) {
  return async (entries: readonly EventEntry[]): Promise<Answer> => {
    const answers: Answer['Entries'][number][] = [];
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
        for (const { functionName, isAllowed, deadLetters } of rule.targets) {
          if (isAllowed && call(functionName, event)) continue;
          if (deadLetters?.isAllowed) await giveUp(deadLetters.queueUrl, event);
        }
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
  const detail = tryParseJson(Detail);
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

function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
