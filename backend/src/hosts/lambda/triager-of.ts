import type { LearnedStore, TextAnalyzer, Triager } from '@curlew/core/triage';
import { triager } from '@curlew/core/triage/text';
import { embeddedAnalyzer } from '../../adapters/embedded-analyzer/index.ts';
import { readHtml } from '../../adapters/html/read-html.ts';
import type { TriageConfig } from './config.ts';

export type Report = (message: string, error: string) => void;

/** Creates the triager that the deployment configures. The code for Comprehend and S3 is loaded only if it is used. */
export async function triagerOf(config: TriageConfig, report: Report): Promise<Triager> {
  const embedded = embeddedAnalyzer();
  return triager({
    analyzer: await analyzerOf(config, embedded, report),
    wording: embedded,
    readHtml,
    learned: await learnedIn(config.bucket),
    now: () => performance.now(),
  });
}

async function analyzerOf(
  { provider, classifier }: TriageConfig,
  embedded: TextAnalyzer,
  report: Report,
): Promise<TextAnalyzer> {
  if (provider === 'embedded') return embedded;
  const { comprehend, comprehendAnalyzer } = await import('../../adapters/comprehend/index.ts');
  return comprehendAnalyzer(comprehend(), {
    fallback: embedded,
    ...(classifier === undefined ? {} : { classifier: { endpointArn: classifier } }),
    log: (message, error) => report(message, String(error)),
  });
}

async function learnedIn(bucket: string | undefined): Promise<LearnedStore> {
  if (bucket === undefined) return NOTHING_LEARNED;
  const { s3, s3LearnedStore } = await import('../../adapters/s3/index.ts');
  return s3LearnedStore(s3(), bucket);
}

/** The store for deployments without a bucket: it stores nothing, so triage does not learn. */
const NOTHING_LEARNED: LearnedStore = {
  load: async () => undefined,
  revision: async () => undefined,
  save: async () => '',
};
