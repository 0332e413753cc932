import { type Api, apiClient, type ClientOptions } from '@curlew/client';
import { Option } from 'commander';
import { UsageProblem } from '../terminal/problems.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The server that a command sends its requests to, and the credentials for it. */
export interface Connection {
  readonly url: string;
  readonly token: string | undefined;
  readonly apiKey: string | undefined;
}

const MAX_CONCURRENCY = 32;

export const CREDENTIALS_HELP = `If the server requires credentials, set CURLEW_TOKEN to an access token, from which the command makes an API key for
itself and revokes it at the end, or CURLEW_API_KEY to an API key.`;

export function urlOption(): Option {
  return new Option('--url <url>', 'address of the server (default: CURLEW_URL, or 127.0.0.1 at PORT or 3000)');
}

export function concurrencyOption(description: string, initial: number): Option {
  return new Option('--concurrency <n>', `${description}, 1 to ${MAX_CONCURRENCY}`).default(initial);
}

/** A client with the credentials of the connection. */
export function clientOf({ url, token, apiKey }: Connection, options: ClientOptions = {}): Api {
  const refusal =
    apiKey === undefined
      ? 'the token in CURLEW_TOKEN is not valid any more. Sign in again; an access token is valid for ten minutes'
      : 'the key in CURLEW_API_KEY is not valid';
  return apiClient(url, { token: apiKey ?? token, refusal, ...options });
}

/** Throws `UsageProblem` when the address is not an HTTP address. */
export function connectionFrom(url: string | undefined, env: Environment): Connection {
  return {
    url: urlFrom(url ?? (env.CURLEW_URL || `http://127.0.0.1:${env.PORT || 3000}`)),
    token: env.CURLEW_TOKEN || undefined,
    apiKey: env.CURLEW_API_KEY || undefined,
  };
}

function urlFrom(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text;
  throw new UsageProblem(`--url "${text}" is not an address such as http://127.0.0.1:3000.`);
}

/** Throws `UsageProblem`. */
export function concurrencyFrom(text: string | number): number {
  const number = Number(text);
  if (/^\d+$/.test(String(text)) && number >= 1 && number <= MAX_CONCURRENCY) return number;
  throw new UsageProblem(`--concurrency "${text}" is not a whole number from 1 to ${MAX_CONCURRENCY}.`);
}
