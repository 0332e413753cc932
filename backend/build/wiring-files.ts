import { readdirSync } from 'node:fs';
import { FUNCTIONS } from '../src/hosts/lambda/functions.ts';
import { MODULES, SERVICES, SUBSCRIPTIONS } from '../src/services/index.ts';
import { type Exported, partsOf, type ServiceModule } from '../src/services/parts-of.ts';
import type { Service } from '../src/services/service-types.ts';

/** The folder with the generated handlers for HTTP and subscriptions, and their wiring. */
export const FUNCTIONS_FOLDER = 'backend/src/hosts/lambda/functions';

const HOSTS = new URL('../src/hosts/', import.meta.url);
const MARK = '// Printed by "npm run generate" from backend/src/services; do not edit.\n';

const HOST_TYPES = { local: 'LocalHost', lambda: 'LambdaHost' } as const;
const HOST_FILES = { local: 'platform/local-host.ts', lambda: 'lambda-host.ts' } as const;
type Host = keyof typeof HOST_TYPES;

/**
 * The source files that connect services to their ports, by path. The local host has one file. On AWS each function has
 * a handler and a wiring file, which imports only the services and ports of that function. The files are generated: a
 * new service then needs no change in a host, and the compiler still checks every port.
 */
export async function wiringFiles(): Promise<ReadonlyMap<string, string>> {
  const files = new Map([['backend/src/hosts/local/wiring.ts', await localWiring()]]);
  const owners = await portOwners('lambda');
  for (const design of FUNCTIONS) {
    if (design.trigger !== 'http' && design.trigger !== 'subscription') continue;
    const { name } = design;
    const wiring =
      design.trigger === 'http' ? httpWiring(design.services, owners) : eventWiring(design.subscription, owners);
    files.set(`${FUNCTIONS_FOLDER}/${name}.wiring.ts`, wiring);
    files.set(`${FUNCTIONS_FOLDER}/${name}.ts`, entry(name, design.trigger === 'http' ? 'http' : 'event'));
  }
  return files;
}

function entry(name: string, kind: 'http' | 'event'): string {
  const imports = [`{ ${kind}Handler } from '../${kind}-handler.ts'`, `{ wiring } from './${name}.wiring.ts'`];
  const lines = imports.map((one) => `import ${one};\n`).join('');
  return `${MARK}${lines}\nexport const handler = ${kind}Handler(wiring);\n`;
}

/** The wiring of these services on one machine. */
export async function localWiring(modules: readonly ServiceModule[] = MODULES): Promise<string> {
  const owners = await portOwners('local');
  const { subscriptions, timers } = partsOf(modules);
  const services = modules.map(({ service }) => service);
  const served = services.filter(({ routes }) => routes.length > 0);
  const heard = subscriptions.filter(({ needs }) => needs === undefined);
  const names = services.map(({ name }) => name);
  const ports = [...served, ...heard, ...timers].flatMap((one) => Object.values(one.ports));
  return `${imports('local', names, ports, owners)}
export const SERVED: readonly Serving<LocalHost>[] = [
${served.map((service) => `  ${servingText('local', service, owners)},\n`).join('')}];

export const REACTIONS: readonly Reacting<LocalHost>[] = [
${heard.map((one) => `  ${reactingText('local', one, owners)},\n`).join('')}];

export const TIMERS: readonly Timing<LocalHost>[] = [
${timers.map((one) => `  ${timingText(one, owners)},\n`).join('')}];
`;
}

function httpWiring(names: readonly string[], owners: Owners): string {
  const services = SERVICES.filter(({ name }) => names.includes(name));
  const ports = services.flatMap((service) => Object.values(service.ports));
  return `${imports('lambda', names, ports, owners)}
export const wiring: readonly Serving<LambdaHost>[] = [
${services.map((service) => `  ${servingText('lambda', service, owners)},\n`).join('')}];
`;
}

function eventWiring(name: string, owners: Owners): string {
  const found = SUBSCRIPTIONS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no subscription ${name}.`);
  return `${imports('lambda', [found.service], Object.values(found.ports), owners)}
export const wiring: Reacting<LambdaHost> = ${reactingText('lambda', found, owners)};
`;
}

function imports(host: Host, services: readonly string[], ports: readonly string[], owners: Owners): string {
  const files = new Set(ports.flatMap((port) => owners.get(port) ?? []));
  const [up, here] = host === 'local' ? ['', './'] : ['../', '../'];
  const lines: readonly (readonly [string, string])[] = [
    ...services.map((name) => [`* as ${constant(name)}`, `${up}../../services/${name}.ts`] as const),
    [
      `{ type Reacting, reacting, type Serving, serving${host === 'local' ? ', type Timing, timing' : ''} }`,
      `${up}../serving.ts`,
    ],
    [`type { ${HOST_TYPES[host]} }`, `${here}${HOST_FILES[host]}`],
    ...[...files].map((name) => [`* as ${constant(name)}Ports`, `${here}ports/${name}.ts`] as const),
  ];
  return `${MARK}${lines.map(([names, path]) => `import ${names} from '${path}';\n`).join('')}`;
}

type Owners = ReadonlyMap<string, string>;

function servingText(host: Host, { name, ports }: { name: string; ports: Service['ports'] }, owners: Owners): string {
  const service = `${constant(name)}.service`;
  return `serving<${HOST_TYPES[host]}, typeof ${service}>(${service}, ${portsText(ports, owners)})`;
}

type Part = Exported & Pick<Service, 'ports'>;

function reactingText(host: Host, { service, constant: exported, ports }: Part, owners: Owners): string {
  const subscription = `${constant(service)}.${exported}`;
  return `reacting<${HOST_TYPES[host]}, typeof ${subscription}>(${subscription}, ${portsText(ports, owners)})`;
}

function timingText({ service, constant: exported, ports }: Part, owners: Owners): string {
  const timer = `${constant(service)}.${exported}`;
  return `timing<LocalHost, typeof ${timer}>(${timer}, ${portsText(ports, owners)})`;
}

function portsText(ports: Service['ports'], owners: Owners): string {
  // Skips a port that the host does not have. If the port is not optional, the generated file does not compile.
  const own = Object.entries(ports).flatMap(([name, port]) => {
    const owner = owners.get(port);
    return owner === undefined ? [] : [`${name}: ${constant(owner)}Ports.${port}`];
  });
  return own.length === 0 ? '{}' : `{ ${own.join(', ')} }`;
}

/** The name of the file that exports each port of a host, without `.ts`. */
async function portOwners(host: Host): Promise<Owners> {
  const owners = new Map<string, string>();
  const folder = new URL(`${host}/ports/`, HOSTS);
  const files = readdirSync(folder).filter((file) => !file.endsWith('.test.ts'));
  for (const file of files.sort()) {
    for (const port of Object.keys(await import(new URL(file, folder).href))) {
      if (owners.has(port)) throw new Error(`Two files make the port "${port}": ${owners.get(port)}.ts and ${file}.`);
      owners.set(port, file.replace(/\.ts$/, ''));
    }
  }
  return owners;
}

/** `ticket-counts` → `ticketCounts`. */
function constant(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
