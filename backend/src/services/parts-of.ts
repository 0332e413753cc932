import type { Service, Subscription, TimerDescription } from './service-types.ts';

/** The exports of a service's file: `service`, its subscriptions and its timers. */
export type ServiceModule = { readonly service: Service } & Readonly<Record<string, object>>;

export interface Exported {
  /** The name of the export. */
  readonly constant: string;
  readonly service: string;
}

/** The subscriptions and timers of services. Throws for another export, and for a second timer with the same name. */
export function partsOf(modules: readonly ServiceModule[]) {
  const subscriptions: (Subscription & Exported)[] = [];
  const timers: (TimerDescription & Exported)[] = [];
  for (const { service, ...parts } of modules) {
    for (const [constant, part] of Object.entries(parts)) {
      const exported = { constant, service: service.name };
      if ('events' in part) subscriptions.push({ ...(part as Subscription), ...exported });
      else if ('onTimer' in part) timers.push({ ...(part as TimerDescription), ...exported });
      else throw new Error(`The service ${service.name} exports "${constant}", which is no subscription and no timer.`);
    }
  }
  const repeated = timers.find(({ name }, index) => timers.findIndex((one) => one.name === name) !== index);
  if (repeated !== undefined) throw new Error(`Two timers have the name "${repeated.name}".`);
  return { subscriptions, timers };
}
