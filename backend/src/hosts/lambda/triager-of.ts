import type { Triager } from '@curlew/core/triage';
import { triager } from '@curlew/core/triage/text';
import { embeddedAnalyzer } from '../../adapters/embedded-analyzer/index.ts';
import { readHtml } from '../../adapters/html/read-html.ts';
import type { TriageConfig } from './config.ts';

export function triagerOf(_: TriageConfig): Triager {
  const embedded = embeddedAnalyzer();
  const learned = { load: async () => undefined, revision: async () => undefined, save: async () => '' };
  return triager({ analyzer: embedded, wording: embedded, readHtml, learned, now: () => performance.now() });
}
