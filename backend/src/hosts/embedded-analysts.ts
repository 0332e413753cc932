import type { Analysis } from '@curlew/core/triage';
import { analysisOf } from '@curlew/core/triage/text';
import { embeddedAnalyzer } from '../adapters/embedded-analyzer/index.ts';
import { readHtml } from '../adapters/html/read-html.ts';

export function analyzeEmbedded(): (text: string) => Promise<Analysis> {
  const embedded = embeddedAnalyzer();
  return (text) => analysisOf({ analyzer: embedded, wording: embedded, readHtml }, text);
}
