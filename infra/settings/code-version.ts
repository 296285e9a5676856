import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');

const packageFile = z.object({ version: z.string() });

/**
 * Returns the commit that is checked out, in 12 or more digits, with `.dirty` after it when a tracked file differs
 * from it; `unknown` outside a git repository.
 */
const commitOf = (folder: string): string => {
  const command = ['describe', '--always', '--exclude=*', '--abbrev=12', '--dirty=.dirty'];
  try {
    return execFileSync('git', command, { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return 'unknown';
  }
};

/**
 * Returns the version in package.json and the commit, `0.2.0+f4435111c1e0`: what a release is stamped with, and
 * what its certificates name. `CODE_COMMIT` replaces the commit where the code is built outside its repository.
 */
export const codeVersion = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
  folder: string = root,
): string => {
  const { version } = packageFile.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  return `${version}+${environment['CODE_COMMIT'] || commitOf(folder)}`;
};
