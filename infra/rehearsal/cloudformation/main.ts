import { rehearseStack } from './rehearse-stack.ts';
import { missingTools, startStandIn } from './stand-in.ts';

try {
  await rehearse();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function rehearse(): Promise<void> {
  const missing = missingTools();
  if (missing.length > 0) throw new Error(missing.join('\n'));
  for (const layout of ['one-function', 'per-service'] as const) {
    // Each layout has its own stand-in, because a stand-in keeps some resources of a deleted stack.
    const standIn = await startStandIn();
    try {
      console.log(`${layout}:`);
      for (const line of await rehearseStack(standIn, layout)) console.log(`  ${line}`);
      console.log('  deleted, nothing left');
    } finally {
      standIn.stop();
    }
  }
}
