import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A copy of the working tree with a Git history of its own, so that it can be changed and deployed from commits. */
export function copyProject(project: string, folder: string) {
  const git = (cwd: string, ...args: string[]) => execFileSync('git', args, { cwd, encoding: 'utf8' });
  const listed = git(project, 'ls-files', '--cached', '--others', '--exclude-standard', '-z').split('\0');
  // Git lists files that were removed since the last commit, too.
  for (const file of listed.filter((name) => name !== '' && existsSync(join(project, name)))) {
    cpSync(join(project, file), join(folder, file), { recursive: true });
  }
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
  git(folder, 'init', '--quiet');
  // The link is no folder: the ignore rule for the folder does not hold for it.
  appendFileSync(join(folder, '.git/info/exclude'), 'node_modules\n');

  return {
    /** Replaces a text that must be there in a file. */
    edit(file: string, from: string, to: string): void {
      const before = readFileSync(join(folder, file), 'utf8');
      if (!before.includes(from)) throw new Error(`${file} has no "${from}".`);
      writeFileSync(join(folder, file), before.replace(from, to));
    },
    commit(message: string): void {
      const author = ['-c', 'user.name=Rehearsal', '-c', 'user.email=rehearsal@example.com'];
      git(folder, 'add', '--all');
      git(folder, ...author, 'commit', '--quiet', '--no-gpg-sign', '--message', message);
    },
  };
}
