import * as z from 'zod';
import { RATE_LIMITS, type RateLimits } from '../http/rate-limit.ts';

const NAMES = ['reads', 'writes', 'key-reads', 'key-writes', 'sign-ins'] as const;

/**
 * Parses `off`, or limits per minute such as `reads=600 key-reads=6000`. A limit that is not named keeps its default.
 * The result for `off` is undefined: no limits.
 */
export const RateLimitSetting = z.string().transform((text, context): RateLimits | undefined => {
  if (text === 'off') return undefined;
  const given = new Map<string, number>();
  for (const word of text.split(/[\s,]+/).filter((one) => one !== '')) {
    const [, name = '', number] = /^([a-z-]+)=(\d{1,9})$/.exec(word) ?? [];
    if (!(NAMES as readonly string[]).includes(name)) {
      context.addIssue({
        code: 'custom',
        message: `must be "off", or limits a minute such as "reads=600 writes=300" (${NAMES.join(', ')})`,
      });
      return z.NEVER;
    }
    given.set(name, Number(number));
  }
  const { person, key, signIn } = RATE_LIMITS;
  return {
    person: { reads: given.get('reads') ?? person.reads, writes: given.get('writes') ?? person.writes },
    key: { reads: given.get('key-reads') ?? key.reads, writes: given.get('key-writes') ?? key.writes },
    signIn: given.get('sign-ins') ?? signIn,
  };
});
