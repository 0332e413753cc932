import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** The folder that `--data` names. Ends the process with a sentence where it is not one with the sets. */
export function dataFolder(command: string): string {
  const given = read();
  if (given === undefined) {
    console.error(
      `Usage: npm run ${command} -- --data FOLDER\nFOLDER holds sentiment/, keyphrase/, category/ and language/; docs/triage.md says where the sets come from.`,
    );
    process.exit(1);
  }
  const missing = ['sentiment', 'keyphrase', 'category', 'language'].filter((name) => !existsSync(join(given, name)));
  if (missing.length > 0) {
    console.error(`${given} has no ${missing.join(', ')}: it is not the folder with the sets.`);
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
