import type { AnyEvent, DueTimer } from '@curlew/core/kernel';
import type * as z from 'zod';
import type { AnyRoute } from '../http/contract.ts';

/** An index of a table, with `INCLUDE` projection, so that a page of a list is answered from the index alone. */
interface IndexDesign {
  readonly name: string;
  readonly partition: string;
  readonly sort: string;
  /** The attributes that are projected beside the keys. */
  readonly include: readonly string[];
}

export interface TableDesign {
  readonly name: string;
  readonly indexes: readonly IndexDesign[];
  /** Whether the service writes its events into the table, from which a stream delivers them. */
  readonly stream: boolean;
  /**
   * The attribute with the time (epoch seconds) after which DynamoDB may delete an item. A table with such an attribute
   * needs no backups.
   */
  readonly expires?: string;
}

export type ItemAction = 'GetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheckItem';

/** The calls that the adapters of a function make on a table. */
export interface TableUse {
  /** Actions on the items, without `dynamodb:`. Actions in a transaction are named one by one. */
  readonly items: readonly ItemAction[];
  /** Whether the function queries the indexes of the table. */
  readonly indexes?: true;
}

/** The settings of a function on AWS that differ from service to service. */
export interface FunctionSettings {
  /** A short description of the function for operators. */
  readonly description: string;
  /** The permissions of the function, by the name of the table. */
  readonly mayUse?: Readonly<Record<string, TableUse>>;
  /** Present if the function analyses texts: its permissions on the files that store learned triage data. */
  readonly readsTexts?: { readonly files: readonly ('s3:GetObject' | 's3:PutObject')[] };
  readonly memoryMegabytes?: number;
  readonly timeoutSeconds?: number;
}

/** A reaction to events. On AWS it runs in a function of its own. */
export interface Subscription extends FunctionSettings {
  /** Never changes: the position in the outbox is stored under this name. */
  readonly name: string;
  /** The event types that it receives. */
  readonly events: readonly string[];
  readonly event: z.ZodType<AnyEvent>;
  /** Handles an event. Each event arrives at least once, possibly late. */
  react(deps: never, event: never): Promise<void>;
  /** The ports of the reaction. The key is the name of the port in the reaction, the value is its name in the host. */
  readonly ports: Readonly<Record<string, string>>;
  /** The subscription exists only in deployments with a user pool. */
  readonly needs?: 'user-pool';
  /** Actions on the accounts of the user pool, without `cognito-idp:`. */
  readonly pool?: readonly `Admin${string}`[];
  /** For slow reactions on one machine: the number of subjects in parallel, and the time limit for one event. */
  readonly pace?: { readonly atOnce: number; readonly timeoutMilliseconds: number };
}

/** A reaction to a timer. Timers run on one machine only, until there is an adapter for EventBridge Scheduler. */
export interface TimerDescription {
  /** The `reaction` in the name of a timer. Never changes: timers are stored under this name. */
  readonly name: string;
  /** Handles a due timer; see `TimerReaction`. */
  readonly onTimer: (deps: never, timer: DueTimer) => Promise<void>;
  /** The ports of the reaction. The key is the name of the port in the reaction, the value is its name in the host. */
  readonly ports: Readonly<Record<string, string>>;
}

/**
 * The one place that lists the parts of a service. The file of a service exports this object as `service`, and each of
 * its subscriptions and timers as a separate export, so that the package of a function contains only the part that it runs. The
 * exports are plain objects, because the bundler cannot remove an unused object that a call returns. The file imports
 * no adapter and no host.
 */
export interface Service extends FunctionSettings {
  readonly name: string;
  /** Lists of routes, one for each file of routes. A service without routes has no HTTP function. */
  readonly routes: readonly (readonly AnyRoute[])[];
  /** The ports of the routes. The key is the name of the port in the routes, the value is its name in the host. */
  readonly ports: Readonly<Record<string, string>>;
  /**
   * The service's own table on DynamoDB, which has the name of the service. Each item carries the keys of its indexes, so
   * their names are short: o = organization, s = status, a = assignee, r = reporter (or role), p = priority, t = ticket,
   * u = instant of the last update and id, c = instant of creation and id.
   */
  readonly table?: Omit<TableDesign, 'name'>;
  /** The service with which these routes share the tag and, on AWS, the paths. */
  readonly partOf?: string;
  /** The service exists on one machine only. */
  readonly only?: 'one-machine';
}
