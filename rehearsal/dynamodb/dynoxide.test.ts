import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** A build that writes a line to `builds`, and waits while there is a file `wait`. */
const CARGO = `#!/bin/sh
[ "$1" = --version ] && exit 0
while [ "$1" != --root ]; do shift; done
echo >>"$FOLDER/builds"
while [ -e "$FOLDER/wait" ]; do sleep 0.05; done
mkdir -p "$2/bin"
cp "$FOLDER/engine" "$2/bin/dynoxide"
`;
/** An engine that writes its process id to `engine.pid`. */
const ENGINE = `#!/bin/sh
[ "$1" = --version ] && { echo dynoxide 1.5.0; exit; }
echo $$ >"$FOLDER/engine.pid"
echo "listening on $2" >&2
exec sleep 600
`;

describe('Dynoxide', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'curlew-dynoxide-'));
    program('cargo', CARGO);
    program('engine', ENGINE);
    program('dynoxide', '#!/bin/sh\necho dynoxide 1.4.0\n');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string) => join(folder, name);
  const program = (name: string, script: string) => writeFileSync(file(name), script, { mode: 0o755 });
  const builds = () => (existsSync(file('builds')) ? readFileSync(file('builds'), 'utf8').length : 0);

  function run(script: string) {
    const env = { PATH: `${folder}:/usr/bin:/bin`, XDG_CACHE_HOME: folder, FOLDER: folder };
    return spawn(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: import.meta.dirname,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }
  const find = () =>
    run("import { requireDynoxide } from './dynoxide-binary.ts'; console.log(await requireDynoxide());");
  const built = 'curlew/dynoxide-3.2.0/bin/dynoxide\n';

  it('is built once for many processes if the PATH has another version', async () => {
    const found = await Promise.all([find(), find(), find()].map(({ stdout }) => text(stdout)));
    for (const path of found) expect(path).toBe(file(built));
    expect(builds()).toBe(1);
  });

  it('is used from the PATH if its version is the pinned one', async () => {
    program('dynoxide', ENGINE);
    expect(await text(find().stdout)).toBe('dynoxide\n');
    expect(builds()).toBe(0);
  });

  it('is built again after a killed build', async () => {
    writeFileSync(file('wait'), '');
    const killed = find();
    await expect.poll(builds).toBe(1);
    process.kill(-(killed.pid as number), 'SIGKILL');
    await once(killed, 'exit');
    rmSync(file('wait'));
    expect(await text(find().stdout)).toBe(file(built));
    expect(builds()).toBe(2);
  });

  it('ends with the process that started it, also by SIGKILL', async () => {
    program('dynoxide', ENGINE);
    const starter = run(
      "import { startDynoxide } from './start-dynoxide.ts'; console.log((await startDynoxide()).url); setInterval(() => {}, 1000);",
    );
    await once(starter.stdout, 'data');
    const engine = Number(readFileSync(file('engine.pid'), 'utf8'));
    expect(isRunning(engine)).toBe(true);
    starter.kill('SIGKILL');
    await expect.poll(() => isRunning(engine)).toBe(false);
  });
});

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}
