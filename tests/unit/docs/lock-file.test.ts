import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const entry = z.looseObject({
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  os: z.array(z.string()).optional(),
  link: z.boolean().optional(),
  inBundle: z.boolean().optional(),
});

const { packages } = z
  .object({ packages: z.record(z.string(), entry) })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../../package-lock.json'), 'utf8')));

describe('package-lock.json', () => {
  it('names no registry, so it works behind a mirror', () => {
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it('has the digest of every package that is downloaded', () => {
    const without = Object.entries(packages).filter(
      ([path, { integrity, inBundle }]) => path !== '' && integrity === undefined && inBundle !== true,
    );
    expect(without.map(([path]) => path)).toEqual([]);
  });

  it('has the packages of other platforms than the one it was written on', () => {
    const platforms = new Set(Object.values(packages).flatMap(({ os }) => os ?? []));
    for (const platform of ['linux', 'darwin', 'win32']) expect(platforms).toContain(platform);
  });
});
