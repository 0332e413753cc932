import type { Triager } from '@curlew/core/triage';
import type { TriageConfig } from './config.ts';
import type { Report } from './triager-of.ts';

/** A triager whose code and models are loaded when the first text arrives. */
export function lazyTriager(config: TriageConfig, report: Report): Triager {
  let loading: Promise<Triager> | undefined;
  const loaded = () => {
    loading ??= import('./triager-of.ts')
      .then(({ triagerOf }) => triagerOf(config, report))
      .catch((error) => {
        // The next text retries the loading.
        loading = undefined;
        throw error;
      });
    return loading;
  };
  return {
    assess: async (...args) => (await loaded()).assess(...args),
    teach: async (...args) => (await loaded()).teach(...args),
  };
}
