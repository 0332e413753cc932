import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Copies the working tree into a new Git repository, so that a rehearsal can change files and deploy from commits. */
export function copyProject(project: string, folder: string) {
  const git = (cwd: string, ...args: string[]) => execFileSync('git', args, { cwd, encoding: 'utf8' });
  const listed = git(project, 'ls-files', '--cached', '--others', '--exclude-standard', '-z').split('\0');
  // Git also lists files that were deleted after the last commit.
  for (const file of listed.filter((name) => name !== '' && existsSync(join(project, name)))) {
    cpSync(join(project, file), join(folder, file), { recursive: true });
  }
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
  git(folder, 'init', '--quiet');
  // The ignore rule `node_modules/` matches folders only, not this symbolic link.
  appendFileSync(join(folder, '.git/info/exclude'), 'node_modules\n');

  return {
    /** Replaces the first occurrence of a text in a file. Throws if the file does not contain the text. */
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
