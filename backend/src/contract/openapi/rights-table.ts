import { REACHES, type Reach } from '@curlew/core/kernel';
import { isPublic, reachWithin } from '../../http/contract.ts';
import type { AnyRoute } from './routes.ts';

const CALLERS = ['anonymous', 'customer', 'agent', 'admin', 'operator'] as const;

/** Over which things an operation goes for each kind of caller, in the order of the table's columns. */
export function reachesOf(route: AnyRoute): Reach[] {
  const { right } = route;
  if (right === 'public') return CALLERS.map(() => 'all');
  const { operator, ...roles } = REACHES[right];
  const reaches = { anonymous: 'none', ...roles, operator: operator ?? roles.admin } as const;
  return CALLERS.map((caller) => reachWithin(route, reaches[caller]));
}

/** `docs/rights.md`: who may do what. */
export function rightsMarkdown(routes: readonly AnyRoute[]): string {
  const rows = routes.map((route) => {
    const right = isPublic(route) ? 'none' : `\`${route.right}\``;
    const cells = [`\`${route.id}\``, `\`${route.method} ${route.path}\``, right, ...reachesOf(route).map(cell)];
    return `| ${cells.join(' | ')} |`;
  });
  return `# Rights

Each operation of the API, the right that it needs, and the callers who may use it. A role brings rights, and the scopes
of an API key limit them to some of its owner's. *own* stands for the caller's own things (a customer's tickets are those
that they reported), *all* for everything in the caller's organization; for the operator, all organizations. A caller
without the right is answered \`forbidden\`; a thing that the caller may not see is \`not_found\`.

This page is made by \`npm run generate\`; a test compares it with a table that is written by hand
(\`backend/test/api/who-may.ts\`).

| Operation | Request | Right | Anonymous | Customer | Agent | Admin | Operator |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function cell(reach: Reach): string {
  return reach === 'none' ? '' : reach;
}
