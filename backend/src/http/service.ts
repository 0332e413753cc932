import { type Context, notFound } from '@curlew/core/kernel';
import * as z from 'zod';
import { type Call, routesFor } from './contract.ts';
import { empty, json, type Reply } from './reply.ts';
import { fileReply, type StaticFile, staticFile } from './static-file.ts';

/** The ports that the service routes need from the host. */
export interface ServicePorts {
  /** Resolves when the storage answers; rejects otherwise. */
  ready(): Promise<void>;
  /** A documentation file: `api.json`, `api.yaml`, or a script or style sheet below `assets/`. Undefined if it is missing. */
  documentation(name: string): Promise<StaticFile | undefined>;
}

const route = routesFor<ServicePorts>();

export const Health = z.object({ status: z.literal('ok') });

// Swagger UI sets inline styles from its scripts. The page loads nothing from other origins.
const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
};

export const serviceRoutes = [
  route({
    id: 'getRoot',
    right: 'public',
    method: 'GET',
    path: '/',
    successes: [{ status: 302 }],
    problems: [],
    run: async () => undefined,
    reply: (_, { path }) => empty(302, { location: `${path.replace(/\/$/, '')}/docs` }),
  }),
  route({
    id: 'getHealth',
    right: 'public',
    method: 'GET',
    path: '/healthz',
    successes: [{ status: 200, schema: Health }],
    problems: [],
    run: async () => undefined,
    reply: () => json(200, { status: 'ok' }),
  }),
  route({
    id: 'getReadiness',
    right: 'public',
    method: 'GET',
    path: '/readyz',
    successes: [{ status: 200, schema: Health }],
    problems: ['unavailable'],
    run: ({ ready }) => ready(),
    reply: () => json(200, { status: 'ok' }),
  }),
  route({
    id: 'getOpenApiJson',
    right: 'public',
    method: 'GET',
    path: '/openapi.json',
    accepts: ['If-None-Match'],
    successes: [{ status: 200, schema: z.looseObject({}) }],
    problems: [],
    run: (ports) => file(ports, 'api.json'),
    reply: contract,
  }),
  route({
    id: 'getOpenApiYaml',
    right: 'public',
    method: 'GET',
    path: '/openapi.yaml',
    accepts: ['If-None-Match'],
    successes: [{ status: 200, mediaType: 'application/yaml' }],
    problems: [],
    run: (ports) => file(ports, 'api.yaml'),
    reply: contract,
  }),
  route({
    id: 'getDocs',
    right: 'public',
    method: 'GET',
    path: '/docs',
    successes: [{ status: 200, mediaType: 'text/html' }],
    problems: [],
    run: async () => undefined,
    reply: (_, { path }) => ({ status: 200, headers: PAGE_HEADERS, body: docsPage(path.replace(/docs$/, '')) }),
  }),
  route({
    id: 'getDocsAsset',
    right: 'public',
    method: 'GET',
    path: '/docs/assets/{name}',
    accepts: ['If-None-Match'],
    successes: [
      { status: 200, mediaType: 'text/javascript' },
      { status: 200, mediaType: 'text/css' },
    ],
    problems: ['not_found'],
    run: (ports, { params }) => file(ports, `assets/${params.name}`),
    reply: ({ name, file }, { header }) => fileReply(name, file, header),
  }),
  route({
    id: 'listErrors',
    right: 'public',
    method: 'GET',
    path: '/docs/errors',
    successes: [{ status: 200, mediaType: 'text/html' }],
    problems: [],
    run: async () => (await errorPages()).errorHtml(),
    reply: page,
  }),
  route({
    id: 'getError',
    right: 'public',
    method: 'GET',
    path: '/docs/errors/{code}',
    successes: [{ status: 200, mediaType: 'text/html' }],
    problems: ['not_found'],
    run: async (_: { ctx: Context }, { params }) => {
      const { ERROR_CODES, errorHtml } = await errorPages();
      const code = ERROR_CODES.find((one) => one === params.code);
      if (code === undefined) throw notFound('problem', params.code ?? '');
      return errorHtml(code);
    },
    reply: page,
  }),
];

// Imported on demand: error pages are rarely requested, so a cold start should not load them.
const errorPages = () => import('./error-pages.ts');

function page(html: string): Reply {
  return { status: 200, headers: PAGE_HEADERS, body: html };
}

interface Named {
  readonly name: string;
  readonly file: StaticFile;
}

async function file({ documentation }: ServicePorts, name: string): Promise<Named> {
  const found = await documentation(name);
  if (found === undefined) throw notFound('file', name);
  return { name, file: found };
}

// Matches addresses of this server in the contract: servers, types of problems, and links in texts and headers.
const ADDRESS = /(?<=\]\(|<|\b(?:url|type)"?: "?)\/(?:v1|docs)\b/g;

/** The contract as a response. If its path has a prefix, such as a stage, every address in the contract gets the prefix. */
function contract({ name, file }: Named, { path, header }: Pick<Call<unknown, unknown>, 'path' | 'header'>): Reply {
  const prefix = path.replace(/(\/v1)?\/openapi\.\w+$/, '');
  if (prefix === '') return fileReply(name, file, header);
  const text = new TextDecoder().decode(file.bytes).replace(ADDRESS, (address) => prefix + address);
  return fileReply(name, staticFile(new TextEncoder().encode(text)), header);
}

/** The HTML page that shows the contract. `base` is the path before `docs`, so the page works below any prefix. */
function docsPage(base: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Curlew API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${base}docs/assets/swagger-ui.css">
</head>
<body>
<div id="swagger-ui" data-contract="${base}openapi.json"></div>
<script src="${base}docs/assets/swagger-ui-bundle.js"></script>
<script src="${base}docs/assets/start.js"></script>
</body>
</html>
`;
}
