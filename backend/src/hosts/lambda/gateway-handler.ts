import type { Context } from 'aws-lambda';
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import type { HostEnvironment } from '../../http/connection.ts';
import { problem } from '../../http/problem.ts';
import { newRequestId } from '../ids.ts';
import { type GatewayEvent, readGatewayEvent, restoreOriginal } from './gateway-event.ts';

/**
 * A handler for events of API Gateway. `start` runs while the function loads, and the first event waits for its result.
 * If `start` fails, the response is a problem document, and the next event calls `start` again.
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
    // Only bodies that the app marks as binary are sent as base64. A REST API decodes base64 only for its configured
    // binary media types, so scripts and YAML must stay text.
    const answer = handle({ fetch: sent } as Hono, { isContentTypeBinary: () => isBinary });
    return answer(readGatewayEvent(event, basePath) as never, context as never);
  };
}

/** An app that answers every request with the problem document of the error. */
function refusing(error: unknown, basePath: string): Hono {
  const { status, headers, body } = problem(error, newRequestId(), basePath);
  return new Hono().all('*', () => new Response(body, { status, headers }));
}
