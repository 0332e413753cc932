import { partsOf, type ServiceModule } from '../../services/parts-of.ts';

interface Designed {
  readonly tables: object;
  readonly subscription?: string;
}

/** Throws if the functions lack a part that a service describes. The error is one sentence that names the part. */
export function requireDeployable(modules: readonly ServiceModule[], functions: readonly Designed[]): void {
  const onAws = modules.filter(({ service }) => service.only === undefined);
  const { subscriptions, timers } = partsOf(onAws);
  const [timer] = timers;
  if (timer !== undefined) {
    throw new Error(
      `The timer "${timer.name}" of the service ${timer.service} cannot run on AWS, because Curlew has no adapter for EventBridge Scheduler yet.`,
    );
  }
  for (const { name, service } of subscriptions) {
    if (!functions.some(({ subscription }) => subscription === name)) {
      throw new Error(`The subscription "${name}" of the service ${service} has no function.`);
    }
  }
  for (const { service } of onAws) {
    if (service.table !== undefined && !functions.some(({ tables }) => Object.hasOwn(tables, service.name))) {
      throw new Error(`The table of the service ${service.name} has no store: no function may use the table.`);
    }
  }
}
