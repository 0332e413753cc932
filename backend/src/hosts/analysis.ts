import type { Analysis } from '@curlew/core/triage';

/** Analyses texts by the analyser that comes with Curlew: its code and its models are loaded when the first one comes. */
export function embeddedAnalysis(): (text: string) => Promise<Analysis> {
  let loading: Promise<(text: string) => Promise<Analysis>> | undefined;
  return async (text) => {
    loading ??= import('./embedded-analysts.ts').then(
      ({ analyzeEmbedded }) => analyzeEmbedded(),
      (error) => {
        loading = undefined;
        throw error;
      },
    );
    return (await loading)(text);
  };
}
