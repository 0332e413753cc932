import { runCurlew } from './curlew.ts';

process.exitCode = await runCurlew(process.argv.slice(2), process.env);
