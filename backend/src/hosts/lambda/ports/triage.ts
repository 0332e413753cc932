import { keyedMutex } from '@curlew/core/kernel';
import { dynamoOrganizationLookup } from '../../../adapters/dynamodb/organization-store.ts';
import { orderClock, wallClock } from '../../clocks.ts';
import { idGenerator } from '../../ids.ts';
import { triageContext as contextOf } from '../../triage-context.ts';
import { triageSettingsOf } from '../../triage-settings.ts';
import type { LambdaHost } from '../lambda-host.ts';
import { lazyTriager } from '../lazy-triager.ts';
import { pause } from '../pause.ts';

export const triager = ({ triage, report }: LambdaHost) => lazyTriager(triage, report);
export const triageSettings = ({ db }: LambdaHost) => triageSettingsOf(dynamoOrganizationLookup(db));
export const triageContext = () => {
  const clock = orderClock();
  return contextOf({
    now: clock.iso,
    wallNow: wallClock.iso,
    newId: idGenerator(clock),
    runExclusive: keyedMutex(),
    pause,
  });
};
