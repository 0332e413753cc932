import type { Timers } from '@curlew/core/kernel';
import type { Triager } from '@curlew/core/triage';
import type { Database } from '../../../adapters/sqlite/index.ts';
import type { Platform } from '../../../http/app.ts';
import type { SessionPorts } from '../../../http/sessions.ts';

/** The resources from which the local host creates its ports. */
export interface LocalHost {
  readonly database: Database;
  readonly sessions: SessionPorts;
  readonly triager: Triager;
  readonly timers: Timers;
  readonly runtime: Pick<Platform, 'now' | 'wallNow' | 'newId' | 'runExclusive' | 'pause'>;
}
