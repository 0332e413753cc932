import { readFile } from 'node:fs/promises';
import type { ServicePorts } from '../../http/service.ts';
import { staticFile } from '../../http/static-file.ts';

const NAMES = /^(api\.(json|yaml)|assets\/(swagger-ui\.css|swagger-ui-bundle\.js|start\.js))$/;

/** Reads the documentation files from the function's package, where they are stored beside the code. */
export const documentation: ServicePorts['documentation'] = async (name) =>
  NAMES.test(name)
    ? staticFile(new Uint8Array(await readFile(new URL(`./documentation/${name}`, import.meta.url))))
    : undefined;
