// Prints how many milliseconds a process needs for its first analysis, including the imports.
const begin = performance.now();
const [{ analysisOf }, { embeddedAnalyzer }, { readHtml }] = await Promise.all([
  import('@curlew/core/triage/text'),
  import('../backend/src/adapters/embedded-analyzer/index.ts'),
  import('../backend/src/adapters/html/read-html.ts'),
]);
const embedded = embeddedAnalyzer();
await analysisOf({ analyzer: embedded, wording: embedded, readHtml }, 'Third day without internet, nobody calls back');
process.stdout.write(String(performance.now() - begin));
