import { ERRORS } from '../../http/error-pages.ts';
import { STATUS } from '../../http/problem.ts';
import { SERVICES } from '../../services/index.ts';
import { BEFORE_ROUTING } from './problems.ts';

export const TAGS = SERVICES.flatMap(({ name, summary }) =>
  summary === undefined ? [] : [{ name, description: summary }],
);

/** What holds for every operation. */
export function introduction(): string {
  return `The support desk you can curl: tickets, messages, tasks and users over HTTP and JSON.

**Paths.** Every path also answers without \`/v1\` in front. What GET answers, HEAD answers without the body; OPTIONS
names the methods of a path.

**Input.** JSON in UTF-8, at most 1 MiB. What is not UTF-8 is refused; API Gateway, where there is one, puts U+FFFD in
its place before anybody can refuse it. Fields and query parameters that do not exist are refused. Words of an
enumeration of tickets, messages and users are accepted in any case, and some fields of a new resource under a second name, shown as deprecated here.
Strings may not hold control characters.

**Problems.** What fails answers \`application/problem+json\` (RFC 9457), with a \`code\` for programs, a \`detail\` for
people, and in \`errors\` everything that is wrong with the input at once. \`type\` leads to a page about the problem;
[all problems](/docs/errors) are listed too. What you may not see does not exist: it is \`not_found\`. Three problems
belong to no operation:

${BEFORE_ROUTING.map((code) => `- [\`${code}\`](/docs/errors/${code}), ${STATUS[code]}: ${ERRORS[code].means}`).join('\n')}

**Versions.** Every resource has a strong \`ETag\`. Send it as \`If-Match\` with PUT, PATCH and DELETE, and the change is
made only when nobody else made one meanwhile; send it as \`If-None-Match\` with GET, and what you have already is not
sent again.

**Repeats.** Send an \`Idempotency-Key\` with POST and PATCH, and repeating the request after a broken connection is
safe for 24 hours: it gets the first answer, with \`Idempotent-Replayed: true\`.

**Lists.** An array, newest first, in pages of 25 or of \`limit\`. The \`Link\` header leads to the next page. A page may
be short; only where there is no \`next\` link the list ends.

**Access.** Send an access token or an API key as \`Authorization: Bearer …\`; an API key may come as \`x-api-key\` too.
Each operation says which right it needs, and who has it: over all of the organization, or over their own only. Customers'
own are the tickets that they reported, with the public replies. Nobody sees anything of another organization. The routes of
signing in are there on one machine; on AWS people sign in to a user pool, and its access tokens are taken. In open
mode, which is for one's own machine and for trying out, nobody is asked, and whoever calls is an admin.
`;
}
