import type { Context } from 'aws-lambda';
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { problem } from '../../http/problem.ts';
import { newId } from '../ids.ts';
import { type GatewayEvent, readGatewayEvent } from './gateway-event.ts';

type Handler = ReturnType<typeof handle>;

// Everything that the API says is text, YAML and scripts too; a REST API would hand base64 on as it is.
const answering = (app: Hono): Handler => handle(app, { isContentTypeBinary: () => false });

/**
 * A handler for events of API Gateway. `start` begins at once, while the function loads, and the first event waits for
 * it. Where it fails, the event is answered with a problem document, and the next one starts anew.
 */
export function gatewayHandler(start: () => Promise<Hono>, basePath: string, onFailure: (error: unknown) => void) {
  const begin = () => {
    const begun = start().then(answering);
    // Whoever waits for it hears of a failure; nobody may wait yet.
    begun.catch(() => {});
    return begun;
  };
  let begun: Promise<Handler> | undefined = begin();

  async function ready(): Promise<Handler> {
    try {
      begun ??= begin();
      return await begun;
    } catch (error) {
      onFailure(error);
      begun = undefined;
      return answering(refusing(error, basePath));
    }
  }

  return async (event: GatewayEvent, context: Context) => {
    const answer = await ready();
    return answer(readGatewayEvent(event, basePath) as never, context as never);
  };
}

/** Answers every request with the problem that an error is. */
function refusing(error: unknown, basePath: string): Hono {
  const { status, headers, body } = problem(error, newId('req'), basePath);
  return new Hono().all('*', () => new Response(body, { status, headers }));
}
