// Stands in for Lambda's runtime: loads the deployed handler and takes one invocation at a time.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// Requests to Cognito's hosts go to the stand-in.
const [, , identity] = process.argv;
if (identity !== undefined) {
  const { fetch } = globalThis;
  globalThis.fetch = (input, options) => {
    const url = input instanceof Request ? input.url : String(input);
    return fetch(url.startsWith('https://cognito-idp.') ? identity + new URL(url).pathname : input, options);
  };
}

const [file, exported] = (process.env._HANDLER ?? '').split('.');
const root = process.env.LAMBDA_TASK_ROOT ?? '';
const path = ['.mjs', '.js', '.cjs'].map((extension) => join(root, file + extension)).find(existsSync);

const described = (error) => ({
  errorType: error?.name ?? typeof error,
  errorMessage: error?.message ?? String(error),
});

let handler;
try {
  if (path === undefined) throw new Error(`There is no ${file}.mjs, .js or .cjs in the package.`);
  handler = (await import(pathToFileURL(path).href))[exported];
  if (typeof handler !== 'function') throw new Error(`${file} exports no function ${exported}.`);
  process.send({ kind: 'ready' });
} catch (error) {
  console.error(error);
  process.send({ kind: 'failed', ...described(error) }, () => process.exit(1));
}

process.on('message', async ({ payload, context, deadline }) => {
  try {
    const result = await handler(JSON.parse(payload), {
      ...context,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    });
    process.send({ kind: 'result', payload: JSON.stringify(result) ?? 'null', rss: process.memoryUsage.rss() });
  } catch (error) {
    console.error(error);
    process.send({ kind: 'error', ...described(error), rss: process.memoryUsage.rss() });
  }
});

process.on('disconnect', () => process.exit());
