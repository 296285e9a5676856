import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '../../..');

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const sections = [...read('CHANGELOG.md').matchAll(/^## (.+)$/gm)].map(([, title = '']) => title);
const versions = sections.flatMap((title) => {
  const [, version, date] = title.match(/^(\d+\.\d+\.\d+) - (\d{4}-\d{2}-\d{2})$/) ?? [];
  return version === undefined || date === undefined ? [] : [{ version, date }];
});

describe('CHANGELOG.md', () => {
  it('has what is not released yet, then one dated section a version', () => {
    expect(sections[0]).toBe('Unreleased');
    expect(versions).toHaveLength(sections.length - 1);
  });

  it('has the newest version first, and it is that of package.json and of the lock file', () => {
    const inOrder = versions.toSorted((a, b) => b.version.localeCompare(a.version, 'en', { numeric: true }));
    expect(versions).toEqual(inOrder);
    expect(
      versions
        .map(({ date }) => date)
        .toSorted()
        .toReversed(),
    ).toEqual(versions.map(({ date }) => date));
    for (const file of ['package.json', 'package-lock.json']) {
      const { version } = z.object({ version: z.string() }).parse(JSON.parse(read(file)));
      expect(version, file).toBe(versions[0]?.version);
    }
  });
});
