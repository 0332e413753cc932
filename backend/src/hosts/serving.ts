import type { AnyEvent, TimerReaction } from '@curlew/core/kernel';
import type * as z from 'zod';
import type { Bound } from '../http/app.ts';
import type { Route } from '../http/contract.ts';
import type { Service, Subscription, TimerDescription } from '../services/service-types.ts';

/** For each port, the function that creates it from the host's resources. */
type PortMakers<Host, Deps> = { readonly [Name in keyof Deps]: (host: Host) => Deps[Name] | Promise<Deps[Name]> };

/** All ports that the routes of a service need: the intersection over its lists of routes. */
type DepsOfRoutes<One> = (One extends Route<infer Deps> ? (deps: Deps) => void : never) extends (
  deps: infer All,
) => void
  ? All
  : never;

/** A service with its ports on one host. */
export interface Serving<Host> {
  readonly service: Service;
  bind(host: Host): Promise<Bound>;
}

/** A subscription with its ports on one host. */
export interface Reacting<Host> {
  readonly subscription: Subscription;
  react(host: Host): Promise<(event: AnyEvent) => Promise<void>>;
}

/** A reaction to a timer, with its ports on one host. */
export interface Timing<Host> {
  readonly name: string;
  bind(host: Host): Promise<TimerReaction>;
}

export function serving<Host, One extends Service>(
  service: One,
  ports: PortMakers<Host, DepsOfRoutes<One['routes'][number][number]>>,
): Serving<Host> {
  return {
    service,
    async bind(host) {
      return { routes: service.routes.flat(), ports: await makePorts(ports, host) };
    },
  };
}

/** Does not compile if the reaction expects other events than the schema of the subscription accepts. */
export function reacting<Host, One extends Subscription>(
  subscription: One & { readonly event: z.ZodType<Parameters<One['react']>[1]> },
  ports: PortMakers<Host, Parameters<One['react']>[0]>,
): Reacting<Host> {
  return {
    subscription,
    async react(host) {
      const deps = (await makePorts(ports, host)) as never;
      return (event) => subscription.react(deps, event as never);
    },
  };
}

export function timing<Host, One extends TimerDescription>(
  { name, onTimer }: One,
  ports: PortMakers<Host, Parameters<One['onTimer']>[0]>,
): Timing<Host> {
  return {
    name,
    async bind(host) {
      const deps = (await makePorts(ports, host)) as never;
      return (timer) => onTimer(deps, timer);
    },
  };
}

async function makePorts<Host>(makers: object, host: Host): Promise<object> {
  const all = Object.entries(makers as Record<string, (host: Host) => unknown>);
  return Object.fromEntries(await Promise.all(all.map(async ([name, make]) => [name, await make(host)] as const)));
}
