import { REACHES, type Reach } from '@curlew/core/kernel';
import { isPublic, reachWithin } from '../../http/contract.ts';
import { CALLER_KINDS } from '../operations/text-types.ts';
import type { AnyRoute } from './routes.ts';

/** The reach of an operation for each kind of caller, in the order of the table's columns. */
export function reachesOf(route: AnyRoute): Reach[] {
  const { right } = route;
  if (right === 'public') return CALLER_KINDS.map(() => 'all');
  const { operator, ...roles } = REACHES[right];
  const reaches = { anonymous: 'none', ...roles, operator: operator ?? roles.admin } as const;
  return CALLER_KINDS.map((caller) => reachWithin(route, reaches[caller]));
}

/** The text of `docs/rights.md`. */
export function rightsMarkdown(routes: readonly AnyRoute[]): string {
  const rows = routes.map((route) => {
    const right = isPublic(route) ? 'none' : `\`${route.right}\``;
    const second = route.alsoRight === undefined ? '' : ` and \`${route.alsoRight}\``;
    const needs = `${right}${second}${route.refusesKeys ? '; no API key' : ''}`;
    const cells = [`\`${route.id}\``, `\`${route.method} ${route.path}\``, needs, ...reachesOf(route).map(cell)];
    return `| ${cells.join(' | ')} |`;
  });
  return `# Rights

This table lists each operation of the API with its right and the callers who may use it. A role has rights; the scopes of
an API key limit the rights of its user. *own* means the caller's own resources (for a customer, the tickets that the
customer reported), *all* means all resources of the caller's organization, and of all organizations for the operator. A
caller without the right gets \`forbidden\`; a resource that the caller may not see is \`not_found\`. An API key with only
the named rights is enough for the operation, except that *no API key* may do it: the caller must have signed in.

The answer to a write contains the resource. So a scope that ends in \`:write\` or \`:manage\` includes reading the
resource that the request writes, also if the request changes nothing. It includes no other reading: \`GET\` and lists
need the scope that ends in \`:read\`.

\`npm run generate\` prints this page. A test compares it with the rights written by hand for each operation, \`access\` in
\`backend/src/contract/operations\`.

| Operation | Request | Right | Anonymous | Customer | Agent | Admin | Operator |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function cell(reach: Reach): string {
  return reach === 'none' ? '' : reach;
}
