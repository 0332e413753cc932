import { fileURLToPath } from 'node:url';

// Plain JavaScript, so that an older Node can say what it lacks instead of stumbling over the TypeScript behind it.
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(
    `Curlew did not start: it needs Node 24, this is Node ${process.versions.node}; run it with "npm start" after "npm ci", which brings the right one.`,
  );
  process.exit(1);
}
// From the second start on, code is there compiled: half the time, and less memory. Where nothing may be written, it goes
// without. In a folder of ours, since whoever may write there could say what runs.
const { enableCompileCache } = await import('node:module');
enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/curlew', import.meta.url)));
await import('./src/hosts/local/main.ts');
