import type { Actor } from '@curlew/core/kernel';
import { refusal } from '../../http/problem.ts';
import { DEFAULT_ADMIN } from '../default-organization.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/**
 * Accepts every caller on this machine as the admin. A browser also runs on this machine, so foreign web pages are
 * rejected: by the `Host` header after DNS rebinding, and by the `Origin` header for direct calls.
 */
export function openMode(header: (name: string) => string | undefined): Actor {
  // Without a Host header the request is of HTTP/1.0, so it does not come from a browser.
  const host = header('host') ?? 'localhost';
  if (!LOOPBACK.test(host)) {
    throw refusal(
      'host_not_allowed',
      `In open mode the Host header must be a loopback address of this machine, not "${host}".`,
    );
  }
  const origin = header('origin');
  if (origin !== undefined && origin !== `http://${host}`) {
    throw refusal(
      'origin_not_allowed',
      `In open mode web pages of ${origin} may not call the API; use a page that this server serves.`,
    );
  }
  return DEFAULT_ADMIN;
}
