import { type ProblemCode, STATUS, titleOf } from './problem.ts';

interface Explanation {
  readonly means: string;
  readonly do: string;
}

/** What each problem means and what a caller does about it; docs/errors and the server's pages are made of it. */
export const ERRORS: Readonly<Record<ProblemCode, Explanation>> = {
  invalid_request: {
    means:
      'Something in the request is not as the contract says. `errors` names every problem at once: `pointer` is a JSON Pointer into the body (`/tags/2`), or starts with `/query/` or `/header/`.',
    do: 'Correct each place that `errors` names and send the request again. Nothing was changed.',
  },
  malformed_json: {
    means: 'The body is no JSON text in UTF-8, is empty, or is nested deeper than 64 levels.',
    do: 'Send valid JSON. With curl, `--json @file` avoids quoting trouble in the shell.',
  },
  malformed_http: {
    means:
      'The request is not valid HTTP, its line and headers take more than 16 KiB (status 431), or it did not arrive within 30 seconds (status 408).',
    do: 'Use an HTTP client, keep URLs and headers short, and send the request at once.',
  },
  read_only: {
    means: 'The body sets a field that only the system sets (such as `number` or `createdAt`) to something new.',
    do: 'Leave the field out, or send it as GET answered it.',
  },
  invalid_cursor: {
    means: 'The cursor was not made by this server, or belongs to a list with other filters or another order.',
    do: 'Follow the `next` link as it is, or start again without a cursor.',
  },
  unauthenticated: {
    means:
      'The server wants to know who you are, and the request does not say so, or by an access token or API key that is not valid, or not any more. Which of these it is, nobody is told.',
    do: 'Send `Authorization: Bearer` and an access token or an API key. An access token is good for ten minutes: continue the session for the next one, or sign in again. An API key may have expired or been revoked: make another, or ask an admin for one.',
  },
  wrong_credentials: {
    means:
      'Address and password do not fit, or the account may not be used now, or a refresh or password token is not good any more. Which of these it is, nobody is told.',
    do: 'Try again, name the organization, or wait: after several failed tries even the right password is refused for up to 15 minutes. An admin can make a token that sets a new password.',
  },
  forbidden: {
    means: 'You may see this, but not do that to it. `right` names what your role, or your API key, lacks.',
    do: 'Ask an admin, or use an API key whose scopes hold the right.',
  },
  host_not_allowed: {
    means:
      'In open mode everyone is an admin, so the server answers only requests whose `Host` is this machine. Anything else may be a web page that found its way here by DNS rebinding.',
    do: 'Call http://127.0.0.1 or http://localhost, from the machine itself.',
  },
  origin_not_allowed: {
    means: 'In open mode the server refuses requests that a web page of another origin makes in your browser.',
    do: 'Call the API from a program, or from a page that the server itself serves.',
  },
  not_found: {
    means: 'There is no such resource, it was deleted, or you may not see it.',
    do: 'Check the id. A deleted ticket can be restored with POST /tickets/{id}/restore.',
  },
  route_not_found: {
    means: 'There is nothing at this path.',
    do: 'See /docs for all paths. They answer with and without /v1 in front.',
  },
  method_not_allowed: {
    means: 'The path exists, but not with this method.',
    do: 'Use one of the methods that the `Allow` header names.',
  },
  illegal_transition: {
    means: 'The workflow has no step from the present status to the one asked for. `allowed` names the possible ones.',
    do: 'Take one of the allowed steps. Nothing leads out of CLOSED: open a new ticket.',
  },
  ticket_closed: {
    means: 'A CLOSED ticket takes no more messages.',
    do: 'Open a new ticket and mention the number of the old one.',
  },
  external_id_taken: {
    means:
      'The `externalId` belongs to something else already. `ticketId`, `messageId` or `taskId` says to what; it may be a deleted ticket.',
    do: 'In an import this means: it is there already, go on. Otherwise choose another externalId.',
  },
  user_exists: {
    means: 'The user id is taken, perhaps by a user who was deleted: an id never comes free.',
    do: 'Use the existing user, or choose another id.',
  },
  email_taken: {
    means: 'Another user of the organization has this address. Upper and lower case make no difference.',
    do: 'Find the user with GET /users?email=…, or use another address.',
  },
  person_mismatch: {
    means: '`reporterId` and `email` belong to two different people.',
    do: 'Send one of them, or the two that belong together.',
  },
  user_removed: {
    means: 'The request names a user who was deleted, or gives work to one who is not active.',
    do: 'Name another user.',
  },
  own_account: {
    means: 'You tried to delete the account that you are using.',
    do: 'Let another admin do it.',
  },
  too_many_api_keys: {
    means: 'A user has as many API keys as one may have.',
    do: 'Revoke those that nobody uses: `lastUsedAt` tells which.',
  },
  already_issued: {
    means: 'A repeat of a request that answered with a secret. The secret is shown once, and kept nowhere.',
    do: 'If it got lost, revoke what you made and make another.',
  },
  idempotency_in_flight: {
    means: 'A request with the same `Idempotency-Key` is still being answered.',
    do: 'Wait as long as `Retry-After` says and repeat it: you will get the first answer.',
  },
  precondition_failed: {
    means:
      'Somebody changed the resource since you read it: its version is not in your `If-Match`. Nothing was changed.',
    do: 'Read it again, apply your change to what is there now, and send that with the new ETag.',
  },
  body_too_large: {
    means: 'The body is larger than 1 MiB.',
    do: 'Send less at once.',
  },
  unsupported_media_type: {
    means: 'The body is not announced as JSON in UTF-8, or it is compressed.',
    do: 'Send `Content-Type: application/json` (PATCH also takes `application/merge-patch+json`) and no `Content-Encoding`.',
  },
  idempotency_key_reused: {
    means: 'This `Idempotency-Key` was used within 24 hours on the same route with another body.',
    do: 'Make a new key for each new request, and keep it only for repeats of the same one.',
  },
  rate_limited: {
    means:
      'You made more requests than your share. `RateLimit` says what is left, `RateLimit-Policy` how much there is.',
    do: 'Wait as long as `Retry-After` says.',
  },
  internal: {
    means: 'Something went wrong on the server, and it is not your request.',
    do: 'Repeat it with the same `Idempotency-Key`. If it stays, give the operator the `requestId`: it is in the log.',
  },
  busy: {
    means: 'Too many requests changed the same resource at once, and yours lost every time. Nothing was changed.',
    do: 'Repeat it after a moment.',
  },
  unavailable: {
    means: 'The storage takes no writes: the disk is full, or another program holds the database. Nothing was changed.',
    do: 'Repeat it with the same `Idempotency-Key` as soon as `Retry-After` says. Operators find the cause in the log.',
  },
};

export const ERROR_CODES = Object.keys(ERRORS) as readonly ProblemCode[];

/** The page of one code, as Markdown for docs/errors. */
export function errorMarkdown(code: ProblemCode): string {
  const { means, do: advice } = ERRORS[code];
  return `# ${titleOf(code)}\n\n\`${code}\`, status ${STATUS[code]}\n\n## What it means\n\n${means}\n\n## What to do\n\n${advice}\n`;
}

/** The page of one code, or the list of all. */
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
