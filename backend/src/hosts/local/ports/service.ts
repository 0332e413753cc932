import { CurlewError } from '@curlew/core/kernel';
import { documentation as filesOfInstallation } from '../platform/documentation.ts';
import type { LocalHost } from '../platform/local-host.ts';

export const documentation = () => filesOfInstallation;
export const ready =
  ({ database }: LocalHost) =>
  async () => {
    if (!database.healthy()) throw new CurlewError('unavailable', 'The storage refused the last writes.');
    database.prepare('SELECT count(*) FROM settings').get();
  };
