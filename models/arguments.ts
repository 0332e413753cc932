import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** The folder in `--data`. Ends the process with a message if the folder does not contain the data sets. */
export function dataFolder(command: 'train' | 'evaluate'): string {
  const given = read();
  if (given === undefined) {
    console.error(
      `Usage: npx node models/${command}.ts --data FOLDER\nFOLDER contains sentiment/, keyphrase/, category/ and language/; docs/triage.md lists the sources of the data sets.`,
    );
    process.exit(1);
  }
  const missing = ['sentiment', 'keyphrase', 'category', 'language'].filter((name) => !existsSync(join(given, name)));
  if (missing.length > 0) {
    console.error(`${given} has no ${missing.join(', ')}: it is not the folder with the data sets.`);
    process.exit(1);
  }
  return given;
}

function read(): string | undefined {
  try {
    return parseArgs({ options: { data: { type: 'string' } } }).values.data;
  } catch {
    return undefined;
  }
}
