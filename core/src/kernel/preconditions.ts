import { CurlewError } from './errors.ts';

/**
 * The versions that the caller accepts to change (from `If-Match`), or nothing when any will do. Only what people
 * changed counts, so that background work never makes a person's write fail.
 */
export type ExpectedVersions = readonly number[] | undefined;

export function checkVersion(expected: ExpectedVersions, version: number): void {
  if (expected === undefined || expected.includes(version)) return;
  throw new CurlewError(
    'precondition_failed',
    `The resource is at version ${version}, which If-Match does not name. Nothing was changed.`,
    { details: { currentVersion: version } },
  );
}
