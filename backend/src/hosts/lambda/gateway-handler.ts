import type { Context } from 'aws-lambda';
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import type { HostEnvironment } from '../../http/connection.ts';
import { problem } from '../../http/problem.ts';
import { newRequestId } from '../ids.ts';
import { type GatewayEvent, readGatewayEvent, restoreOriginal } from './gateway-event.ts';

/**
 * A handler for events of API Gateway. `start` begins at once, while the function loads, and the first event waits for
 * it. Where it fails, the event is answered with a problem document, and the next one starts anew.
 */
export function gatewayHandler(start: () => Promise<Hono>, basePath: string, onFailure: (error: unknown) => void) {
  const begin = () => {
    const begun = start();
    // The first event awaits this promise and reports a failure. Until then a rejection must not count as unhandled.
    begun.catch(() => {});
    return begun;
  };
  let begun: Promise<Hono> | undefined = begin();

  async function ready(): Promise<Hono> {
    try {
      begun ??= begin();
      return await begun;
    } catch (error) {
      onFailure(error);
      begun = undefined;
      return refusing(error, basePath);
    }
  }

  return async (event: GatewayEvent, context: Context) => {
    const app = await ready();
    let isBinary = false;
    const markBinary: HostEnvironment['markBinary'] = () => {
      isBinary = true;
    };
    const sent: Hono['fetch'] = (request, env) =>
      app.fetch(restoreOriginal(request, event), { ...(env as object), markBinary });
    // Only what the app marks goes out as base64: a REST API would send that on without decoding it, unless its binary
    // media types say so. Scripts and YAML are text.
    const answer = handle({ fetch: sent } as Hono, { isContentTypeBinary: () => isBinary });
    return answer(readGatewayEvent(event, basePath) as never, context as never);
  };
}

/** Answers every request with the problem document of the error. */
function refusing(error: unknown, basePath: string): Hono {
  const { status, headers, body } = problem(error, newRequestId(), basePath);
  return new Hono().all('*', () => new Response(body, { status, headers }));
}
