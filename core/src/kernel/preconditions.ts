import { CurlewError } from './errors.ts';

/**
 * The versions that the caller expects, from `If-Match`; undefined accepts any version. Changes by background work do
 * not raise the version, so they never cause `precondition_failed`.
 */
export type ExpectedVersions = readonly number[] | undefined;

/** Throws `precondition_failed` if the resource does not have one of the expected versions. */
export function checkVersion(expected: ExpectedVersions, version: number): void {
  if (expected === undefined || expected.includes(version)) return;
  throw new CurlewError(
    'precondition_failed',
    `The resource is at version ${version}, which If-Match does not name. Nothing was changed.`,
    { details: { currentVersion: version } },
  );
}
