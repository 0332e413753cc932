// Imports one module in a new process, and prints the time. In plain JavaScript, because Node's work to run TypeScript
// would be measured too.
import { subscribe } from 'node:diagnostics_channel';

const [, , url] = process.argv;
let reads = false;
subscribe('http.client.request.start', () => {
  reads = true;
});
const begin = performance.now();
const { handler } = await import(url);
const milliseconds = performance.now() - begin;
if (typeof handler !== 'function') throw new Error(`${url} has no handler`);
console.log(JSON.stringify({ milliseconds, reads }));
process.exit();
