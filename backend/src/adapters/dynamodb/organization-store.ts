import { StaleError } from '@curlew/core/kernel';
import type { Organization, OrganizationChange, OrganizationStore } from '@curlew/core/organization';
import { type TriageSettings, triageSettings } from '@curlew/core/triage';
import { type Attribute, mapOf, nullable, number, plainMap, text } from './attributes.ts';
import { getItem, type Item, type Step, transact } from './calls.ts';
import { putAudit, putNew, putReceipt } from './change-steps.ts';
import { type Dynamo, tableOf } from './client.ts';
import { isPossibleId, recordKey } from './keys.ts';
import { userSteps } from './user-store.ts';
import { replaceAtVersion } from './version-steps.ts';
import { continueAfter, walkIndex } from './walk-index.ts';

// The partition of all organizations in the index of users by creation. No organization can have this id.
const EVERY_ORGANIZATION = 'organizations';

// Organizations that were created before triage existed have no such attribute.
const triage: Attribute<TriageSettings> = {
  put: (settings) => settings,
  get: (stored) => triageSettings(nullable(plainMap()).get(stored)),
};

const ORGANIZATION = mapOf<Organization>({
  id: text(),
  name: text(),
  triage,
  createdAt: text(),
  updatedAt: text(),
  version: number,
});

/** The lookup of organizations alone, for services that do not change them. */
export function dynamoOrganizationLookup(db: Dynamo): Pick<OrganizationStore, 'find'> {
  return {
    async find(id) {
      if (!isPossibleId(id)) return undefined;
      const item = await getItem(db, tableOf(db, 'users'), recordKey('O', id, id));
      return item === undefined ? undefined : organizationOf(item);
    },
  };
}

/** `addressKey` is the same key as in `dynamoUserStore`. */
export function dynamoOrganizationStore(db: Dynamo, addressKey: Uint8Array): OrganizationStore {
  const table = tableOf(db, 'users');
  const stepsOf = userSteps(db, addressKey);

  function recordStep({ organization, before }: OrganizationChange): Step {
    const item = organizationItem(organization);
    const stale = () => new StaleError();
    return before === undefined
      ? putNew(table, item, undefined)
      : replaceAtVersion(table, item, 'listed', before.version, stale);
  }

  return {
    ...dynamoOrganizationLookup(db),

    save(change) {
      const { admin, audit, receipt } = change;
      const people = admin === undefined ? [] : stepsOf(admin);
      return transact(db, [recordStep(change), ...people, ...putAudit(db, audit), ...putReceipt(db, receipt)]);
    },

    async list({ sort, limit, after }) {
      const bounds = continueAfter(after, sort === '-createdAt');
      const every = { index: 'by-creation', partition: 'o', values: [EVERY_ORGANIZATION], sort: 'c' };
      return walkIndex(db, { table, ...every, ...bounds }, limit, organizationOf);
    },
  };
}

export function organizationOf({ listed }: Item): Organization {
  return ORGANIZATION.get(listed);
}

export function organizationItem(organization: Organization): Item {
  const { id, createdAt } = organization;
  return {
    ...recordKey('O', id, id),
    listed: ORGANIZATION.put(organization),
    o: EVERY_ORGANIZATION,
    c: `${createdAt}#${id}`,
  };
}
