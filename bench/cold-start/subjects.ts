import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFunction } from '../../backend/build/build-function.ts';
import { type Bundle, bundle } from '../../backend/build/bundle.ts';
import { functionEnvironment } from '../../backend/build/function-environment.ts';
import { zipFolder } from '../../backend/build/zip-folder.ts';
import { FUNCTIONS } from '../../backend/src/hosts/lambda/functions.ts';

const BASELINES = ['empty', 'bare-sdk', 'one-read'] as const;
export type Baseline = (typeof BASELINES)[number];

/** A subject of the measurement: a function or a baseline, built into a folder. */
export interface Subject {
  readonly name: string;
  readonly baseline: boolean;
  readonly folder: string;
  readonly outputs: Bundle['outputs'];
  readonly zipBytes: number;
  readonly environment: Readonly<Record<string, string>>;
}

export async function buildSubjects(folder: string, endpoint: string): Promise<readonly Subject[]> {
  const subjects: Subject[] = [];
  for (const name of BASELINES) subjects.push(await buildBaseline(name, folder, endpoint));
  for (const design of FUNCTIONS) {
    const { outputs } = await buildFunction(design, folder);
    const environment = functionEnvironment(design, endpoint);
    subjects.push({ name: design.name, baseline: false, outputs, environment, ...(await packed(folder, design.name)) });
  }
  return subjects;
}

async function buildBaseline(name: Baseline, folder: string, endpoint: string): Promise<Subject> {
  const { files, outputs } = await bundle(fileURLToPath(new URL(`baselines/${name}.ts`, import.meta.url)));
  mkdirSync(join(folder, name), { recursive: true });
  for (const [file, content] of files) writeFileSync(join(folder, name, file), content);
  const [design] = FUNCTIONS;
  if (design === undefined) throw new Error('There are no functions.');
  const environment = functionEnvironment(design, endpoint);
  return { name, baseline: true, outputs, environment, ...(await packed(folder, name)) };
}

async function packed(parent: string, name: string): Promise<Pick<Subject, 'folder' | 'zipBytes'>> {
  const folder = join(parent, name);
  return { folder, zipBytes: (await zipFolder(folder)).length };
}
