import { describe, expect, it } from 'vitest';
import { readSourceTree } from '../../support/sources/source-tree.ts';
import { fileSizeProblems, folderSizeProblems, maxFilesPerFolder, maxLinesPerFile } from './sizes.ts';

const folderOf = (count: number) =>
  new Map(Array.from({ length: count }, (_, index) => [`shared/care/patient/module-${index}.ts`, '']));

const fileOf = (lines: number) => new Map([['shared/care/patient/a.ts', 'a();\n'.repeat(lines)]]);

describe('the source tree', async () => {
  const tree = await readSourceTree(['shared', 'functions', 'infra', 'tests/support']);

  it('has no folder that a reader does not take in at a glance', () => {
    expect(folderSizeProblems(tree)).toEqual([]);
  });

  it('has no file that is too long to read', () => {
    expect(fileSizeProblems(tree)).toEqual([]);
  });
});

describe('the size of a folder', () => {
  it('is what lies in it, not in its subfolders', () => {
    expect(folderSizeProblems(folderOf(maxFilesPerFolder))).toEqual([]);
    expect(folderSizeProblems(new Map(folderOf(15)).set('shared/care/patient/aws/a.ts', ''))).toEqual([]);
    expect(folderSizeProblems(folderOf(16))).toEqual(['shared/care/patient has 16 files, more than 15']);
  });

  it('may be an exception only while it is too large', () => {
    const exceptions = { 'shared/care/patient': 'a reason' };
    expect(folderSizeProblems(folderOf(16), exceptions)).toEqual([]);
    expect(folderSizeProblems(folderOf(15), exceptions)).toEqual([
      'shared/care/patient is an exception and no longer large',
    ]);
  });
});

describe('the size of a file', () => {
  it('is its number of lines', () => {
    expect(fileSizeProblems(fileOf(maxLinesPerFile), {})).toEqual([]);
    expect(fileSizeProblems(fileOf(251), {})).toEqual([
      'shared/care/patient/a.ts has 251 lines, more than 250',
    ]);
  });

  it('may be an exception only while it is too large', () => {
    const exceptions = { 'shared/care/patient/a.ts': 'a reason' };
    expect(fileSizeProblems(fileOf(251), exceptions)).toEqual([]);
    expect(fileSizeProblems(fileOf(250), exceptions)).toEqual([
      'shared/care/patient/a.ts is an exception and no longer large',
    ]);
  });
});
