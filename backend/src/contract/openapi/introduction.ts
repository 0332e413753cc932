import { ERRORS } from '../../http/error-pages.ts';
import { STATUS } from '../../http/problem.ts';
import { BEFORE_ROUTING } from './problems.ts';

const SUBJECTS = {
  tickets: 'Tickets, the messages on them, and their history.',
  triage: 'The analysis of texts, and the suggestions for a ticket.',
  tasks: 'To-dos, alone or on a ticket.',
  users: 'Customers, agents and admins.',
  sessions: 'Signing in, passwords, and the sessions of users.',
  'api-keys': 'Keys with which programs call the API.',
  organizations: 'The tenants, and their settings.',
  audit: 'The log of sign-ins, keys, roles, and exports of data.',
  analytics: 'Numbers about tickets.',
  service: 'Health, and this contract.',
};

/** A tag per file of operations. */
export const TAGS = Object.entries(SUBJECTS).map(([name, description]) => ({ name, description }));

/** The document's own description. It is short, because generators copy it into every file. */
export const DESCRIPTION = `The support desk you can curl: tickets, messages, tasks and users over HTTP and JSON.
Errors are problem documents (RFC 9457); a page explains [each code](/docs/errors).
Lists have pages (\`Link\`), resources have an \`ETag\`, and POST and PATCH take an \`Idempotency-Key\`.`;

const SOURCE = 'backend/src/contract/openapi/introduction.ts';

/** The text of `docs/api.md`: the rules that hold for every operation. */
export function introduction(): string {
  return `# The API

These rules hold for every operation. [openapi/api.yaml](../openapi/api.yaml) has the operations. \`npm run generate\`
prints this page from \`${SOURCE}\`.

**Paths.** Every path also works without the prefix \`/v1\`. HEAD answers like GET, but without the body. OPTIONS lists
the methods of a path.

**Input.** The body is JSON in UTF-8, at most 1 MiB, and at most 8 KiB on paths that work without signing in. Bytes that
are not UTF-8 are rejected; behind API Gateway they are replaced by U+FFFD before they reach the service. Unknown fields and query parameters are rejected. Enumeration values
of tickets, messages and users are accepted in upper and lower case. Some fields of a new resource have a second name,
shown as deprecated here. Strings may not contain control characters.

**Problems.** A failed request answers \`application/problem+json\` (RFC 9457): \`code\` is for programs, \`detail\` is for
people, and \`errors\` lists all errors in the input at once. \`type\` is the link to a page about the problem; there is
also a list of [all problems](errors/README.md). A resource that you may not see does not exist for you: the answer is
\`not_found\`. Three problems belong to no operation:

${BEFORE_ROUTING.map((code) => `- [\`${code}\`](errors/${code}.md), ${STATUS[code]}: ${ERRORS[code].means}`).join('\n')}

**Versions.** Every resource has a strong \`ETag\`. Send it as \`If-Match\` with PUT, PATCH and DELETE: the change is made
only if no other caller changed the resource since. Send it as \`If-None-Match\` with GET: an unchanged resource is not
sent again.

**Repeats.** Send an \`Idempotency-Key\` with POST and PATCH. Then it is safe to repeat the request for 24 hours, for
example after a broken connection: the repeat gets the first answer, with \`Idempotent-Replayed: true\`.

**Lists.** A list is an array, newest first, in pages of 25 or \`limit\` items. The \`Link\` header contains the link to
the next page. A page may have fewer items than \`limit\`; the list ends only when the \`next\` link is missing.

**Access.** Send an access token or an API key as \`Authorization: Bearer …\`. An API key may also be sent as
\`x-api-key\`. Each operation names the right that it needs and the roles that have it: over all resources of the
organization, or only over their own. A customer's own resources are the tickets that they reported, with the public
replies. No caller sees anything of another organization. The operations for signing in exist only on a single machine;
on AWS users sign in to a user pool, and the API accepts its access tokens. Open mode is for trying Curlew on your own
machine: callers do not sign in, and every caller is an admin.
`;
}
