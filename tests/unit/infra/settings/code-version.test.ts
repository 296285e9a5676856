import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { codeVersion } from '../../../../infra/settings/code-version.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-version-'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '9.8.7' }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const git = (...options: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@clinic.example', ...options], {
    cwd: folder,
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();

const commitAll = (): string => {
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--no-gpg-sign', '--message', 'First');
  return git('rev-parse', '--short=12', 'HEAD');
};

describe('the version of the code', () => {
  it('is that of package.json, with the commit', () => {
    const commit = commitAll();
    expect(codeVersion({}, folder)).toBe(`9.8.7+${commit}`);
    // A tag does not replace the commit.
    git('tag', 'v9.8.7');
    expect(codeVersion({}, folder)).toBe(`9.8.7+${commit}`);
  });

  it('says when a tracked file was changed since', () => {
    const commit = commitAll();
    appendFileSync(join(folder, 'package.json'), '\n');
    expect(codeVersion({}, folder)).toBe(`9.8.7+${commit}.dirty`);
  });

  it('takes the commit from CODE_COMMIT where that is set', () => {
    commitAll();
    expect(codeVersion({ CODE_COMMIT: '0123456789ab' }, folder)).toBe('9.8.7+0123456789ab');
  });

  it('names no commit outside a repository', () => {
    expect(codeVersion({ CODE_COMMIT: '' }, folder)).toBe('9.8.7+unknown');
  });

  it('is that of this package', () => {
    const file = readFileSync(join(import.meta.dirname, '../../../../package.json'), 'utf8');
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(file));
    expect(codeVersion().startsWith(`${version}+`)).toBe(true);
  });
});
