import { type ProblemCode, STATUS, titleOf } from './problem.ts';

interface Explanation {
  readonly means: string;
  readonly do: string;
}

/** The meaning of each problem and the advice to the caller. docs/errors and the pages of the server print them. */
export const ERRORS: Readonly<Record<ProblemCode, Explanation>> = {
  invalid_request: {
    means:
      'The request does not match the contract. `errors` lists all problems: `pointer` is a JSON Pointer into the body (`/tags/2`), or starts with `/query/` or `/header/`.',
    do: 'Correct each place that `errors` names and send the request again. Nothing was changed.',
  },
  malformed_json: {
    means:
      'The body is not valid JSON in UTF-8, is empty, is nested deeper than 64 levels, or has more than 5,000 members.',
    do: 'Send valid JSON. With curl, `--json @file` avoids problems with quotes in the shell.',
  },
  malformed_http: {
    means:
      'The request is not valid HTTP, its request line and headers are larger than 16 KiB (status 431), or it did not arrive within 30 seconds (status 408).',
    do: 'Use an HTTP client, keep URLs and headers short, and send the whole request without pauses.',
  },
  read_only: {
    means: 'The body changes a field that only the system sets, such as `number` or `createdAt`.',
    do: 'Leave the field out, or send the value that GET returned.',
  },
  invalid_cursor: {
    means: 'This server did not make the cursor, or the cursor belongs to a list with other filters or another order.',
    do: 'Use the `next` link unchanged, or start again without a cursor.',
  },
  unauthenticated: {
    means:
      'The request has no access token or API key, or the token or key is invalid, expired or revoked. The answer does not tell which, so that it helps no attacker.',
    do: 'Send `Authorization: Bearer` with an access token or an API key. An access token is valid for ten minutes: refresh the session, or sign in again. If an API key has expired or was revoked, create a new one, or ask an admin for one.',
  },
  wrong_credentials: {
    means:
      'The address and the password do not match, the account is not active, or a refresh token or password token is not valid. The answer does not tell which, so that it helps no attacker.',
    do: 'Try again, or wait: after several failed attempts, even the right password is refused for up to 15 minutes. An admin can create a token that sets a new password.',
  },
  forbidden: {
    means: 'You may see this resource, but your role or your API key lacks a right for this action. `right` names it.',
    do: 'Ask an admin, or use an API key whose scopes contain the right.',
  },
  host_not_allowed: {
    means:
      'In open mode every caller is an admin, so the server answers only requests whose `Host` is this machine. Other requests may come from a web page that uses DNS rebinding.',
    do: 'Call http://127.0.0.1 or http://localhost from the same machine.',
  },
  origin_not_allowed: {
    means: 'In open mode the server refuses requests that a web page of another origin sends from your browser.',
    do: 'Call the API from a program, or from a page that the server itself serves.',
  },
  not_found: {
    means: 'The resource does not exist, was deleted, or is not visible to you.',
    do: 'Check the id. POST /tickets/{id}/restore restores a deleted ticket.',
  },
  route_not_found: {
    means: 'The API has no route with this path.',
    do: 'See /docs for all paths. Each path works with and without /v1 in front.',
  },
  method_not_allowed: {
    means: 'The path exists, but not with this method.',
    do: 'Use one of the methods in the `Allow` header.',
  },
  illegal_transition: {
    means: 'The workflow has no step from the present status to the requested one. `allowed` lists the possible steps.',
    do: 'Use one of the allowed steps. No step leads out of CLOSED: open a new ticket instead.',
  },
  ticket_closed: {
    means: 'A CLOSED ticket accepts no messages.',
    do: 'Open a new ticket and mention the number of the old one.',
  },
  external_id_taken: {
    means:
      'Another resource already has this `externalId`. `ticketId`, `messageId` or `taskId` names it; it may be a deleted ticket.',
    do: 'In an import, the resource exists already: continue with the next one. Otherwise choose another `externalId`.',
  },
  user_exists: {
    means: 'Another user has this id, perhaps a deleted one: the id of a deleted user stays taken.',
    do: 'Use the existing user, or choose another id.',
  },
  email_taken: {
    means: 'Another user of the organization has this address. Upper and lower case make no difference.',
    do: 'Find the user with GET /users?email=…, or use another address.',
  },
  person_mismatch: {
    means: '`reporterId` and `email` belong to two different users.',
    do: 'Send only one of the two, or an id and an address of the same user.',
  },
  user_removed: {
    means: 'The request names a deleted user, or assigns work to an inactive user.',
    do: 'Name another user.',
  },
  own_account: {
    means: 'You tried to delete your own account.',
    do: 'Ask another admin to delete it.',
  },
  too_many_api_keys: {
    means: 'The user already has the highest allowed number of API keys.',
    do: 'Revoke unused keys: `lastUsedAt` shows the last use of each key.',
  },
  already_issued: {
    means:
      'This request repeats an earlier one whose answer contained a secret. The server shows a secret once and does not store it.',
    do: 'If the secret got lost, revoke the resource and create a new one.',
  },
  idempotency_in_flight: {
    means: 'A request with the same `Idempotency-Key` is still running.',
    do: 'Wait for the time in `Retry-After` and repeat the request: it gets the answer of the first one.',
  },
  precondition_failed: {
    means: 'The resource has changed since you read it: its version is not in your `If-Match`. Nothing was changed.',
    do: 'Read the resource again, apply your change to its present state, and send it with the new ETag.',
  },
  body_too_large: {
    means: 'The body is larger than 1 MiB, or larger than 8 KiB on a path that works without signing in.',
    do: 'Send a smaller body.',
  },
  unsupported_media_type: {
    means: 'The `Content-Type` is not JSON in UTF-8, or the body is compressed.',
    do: 'Send `Content-Type: application/json` (PATCH also accepts `application/merge-patch+json`) and no `Content-Encoding`.',
  },
  idempotency_key_reused: {
    means: 'This `Idempotency-Key` was used within 24 hours on the same route with another body.',
    do: 'Create a new key for each new request, and use it again only to repeat the same request.',
  },
  rate_limited: {
    means:
      'You have sent more requests in a minute than your limit allows (`RateLimit` shows the remaining requests, `RateLimit-Policy` the limit), or too many requests at the same time.',
    do: 'Wait for the time in `Retry-After`. Read each response before you send more than 50 requests at once.',
  },
  internal: {
    means: 'The server failed. Your request is not the cause.',
    do: 'Repeat the request with the same `Idempotency-Key`. If the error persists, give the operator the `requestId`, which is in the log.',
  },
  busy: {
    means:
      'Too many requests changed the same resource at the same time, and yours failed after several retries; or too many passwords are being checked. Nothing was changed.',
    do: 'Repeat the request after a moment.',
  },
  unavailable: {
    means:
      'The storage accepts no writes: the disk is full, or another program holds the database. Nothing was changed.',
    do: 'Repeat the request with the same `Idempotency-Key` after the time in `Retry-After`. Operators find the cause in the log.',
  },
};

export const ERROR_CODES = Object.keys(ERRORS) as readonly ProblemCode[];

/** The page of one code, as Markdown for docs/errors. */
export function errorMarkdown(code: ProblemCode): string {
  const { means, do: advice } = ERRORS[code];
  return `# ${titleOf(code)}\n\n\`${code}\`, status ${STATUS[code]}\n\n## What it means\n\n${means}\n\n## What to do\n\n${advice}\n`;
}

/** The HTML page of one code; without a code, the list of all. */
export function errorHtml(code?: ProblemCode): string {
  if (code === undefined) {
    const items = ERROR_CODES.map((one) => `<li><a href="errors/${one}">${one}</a> (${STATUS[one]})</li>`).join('\n');
    return page('Problems', `<h1>Problems</h1>\n<ul>\n${items}\n</ul>`);
  }
  const { means, do: advice } = ERRORS[code];
  return page(
    titleOf(code),
    `<h1>${titleOf(code)}</h1>
<p><code>${code}</code>, status ${STATUS[code]}</p>
<h2>What it means</h2>
<p>${html(means)}</p>
<h2>What to do</h2>
<p>${html(advice)}</p>
<p><a href="../errors">All problems</a> · <a href="../../docs">The API</a></p>`,
  );
}

function html(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replace(/`([^`]+)`/g, '<code>$1</code>');
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Curlew</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1.25rem; }
code { font-family: ui-monospace, monospace; background: color-mix(in srgb, currentColor 10%, transparent);
  padding: 0.1em 0.3em; border-radius: 0.25em; }
h2 { font-size: 1.1rem; margin-top: 1.5em; }
</style>
</head>
<body>
${body}
</body>
</html>
`;
}
