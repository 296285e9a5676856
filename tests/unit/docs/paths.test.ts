import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** The paths of this repository that a page names in code spans or commands; patterns and placeholders are left out. */
const pathsIn = (page: string): readonly string[] =>
  [...page.matchAll(/(?<![\w./-])(?:shared|functions|infra|tests|docs|\.ci|\.github)\/[^\s`|)\]:;#,'"]*/g)]
    .map(([path]) => path.replace(/[./]+$/, ''))
    .filter((path) => !/[<*{]/.test(path));

const missingIn = (page: string): readonly string[] =>
  pathsIn(page).filter((path) => !existsSync(join(root, path)));

const pages = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/{*,adr/*}.md', { cwd: root })];

describe('paths that pages name', () => {
  it.each(pages)('exist: %s', (page) => {
    expect(missingIn(readFileSync(join(root, page), 'utf8'))).toEqual([]);
  });

  it('are found in spans, tables and commands', () => {
    const page =
      '| `shared/care/`, `shared/domain/` | `npm test -- tests/unit/docs/gone.test.ts` | functions/<name>/x.ts';
    expect(pathsIn(page)).toEqual(['shared/care', 'shared/domain', 'tests/unit/docs/gone.test.ts']);
    expect(missingIn(page)).toEqual(['shared/domain', 'tests/unit/docs/gone.test.ts']);
  });
});
