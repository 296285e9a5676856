import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { linesIn } from '../../infra/tools/claim-lines.ts';
import { temporaryFolders } from '../support/labs/temporary-folder.ts';

const root = join(import.meta.dirname, '../..');
const file = 'shared/outcomes/claims/claim-definitions.ts';
const text = readFileSync(join(root, file), 'utf8');
const newFolder = temporaryFolders();

/** The line, from 1, of the nth occurrence of a piece of text. */
const lineOf = (piece: string, within = text, nth = 1): number => {
  const parts = within.split(piece);
  if (parts.length <= nth) throw new Error(`There is no "${piece}"`);
  return parts.slice(0, nth).join(piece).split('\n').length;
};

type Run = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

/** Copies the project's sources with one change in the claim definitions. */
const brokenCopy = async (from: string, to: string): Promise<string> => {
  const copy = await newFolder();
  for (const name of ['shared', 'functions', 'infra', 'package.json', 'tsconfig.json']) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  if (!text.includes(from)) throw new Error(`There is no "${from}" to change`);
  writeFileSync(join(copy, file), text.replace(from, to));
  return copy;
};

const run = (folder: string, script: string): Run => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CDK_OUTDIR: join(folder, 'cdk.out') },
  });
  return { status, stdout, stderr };
};

describe('npm run claims', () => {
  it('prints nothing for the project as it is, and exits 0', () => {
    expect(run(root, 'infra/tools/check-claims.ts')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('is part of npm run check', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(scripts.claims).toBe('node --import tsx infra/tools/check-claims.ts');
    expect(scripts.check).toMatch(/&& npm run --silent claims$/);
  });

  it('names file, line and contradiction of a changed sentence, and exits 1', async () => {
    const copy = await brokenCopy('report improvement of more than 50%.', 'report improvement of over 30%.');
    const { status, stdout } = run(copy, 'infra/tools/check-claims.ts');
    expect(status).toBe(1);
    const line = lineOf('report improvement of more than 50%.');
    const version = lineOf('version: 1');
    expect(stdout.split('\n')).toEqual([
      `${file}:${line}: facet-over-half version 1, sentence.en: names more than 30%, but the measure 'improved-over-half' has more than 50%`,
      expect.stringMatching(
        `^${file}:${version}: facet-over-half version 1, version: has changed: its hash is`,
      ),
      '',
    ]);
  });
});

describe('npm run synth', () => {
  it('refuses such definitions too, and writes nothing', async () => {
    const copy = await brokenCopy('smallCell: 11', 'smallCell: 5');
    const { status, stderr } = run(copy, 'infra/app.ts');
    expect(status).toBe(1);
    expect(stderr).toContain(
      `${file}:${lineOf('smallCell: 11')}: mild-improved version 1, minimums.smallCell: 5 lets a count under 11 be inferred\n`,
    );
    expect(existsSync(join(copy, 'cdk.out'))).toBe(false);
  });
});

describe('the line of a field', () => {
  const module = `
const texts = { en: 'a', es: 'b' } as const;
const common = {
  months: 12,
  minimums: { answered: 30,
    smallCell: 11 },
} as const;
const first = { id: 'first', ...common, months: 6 };
const more = [
  {
    id: 'third', sentence: texts,
    ...common },
];
export const list = [
  first,
  { ...common, 'id': 'second',
    sentence: { en: 'x' },
  },
  ...more,
] as const satisfies readonly object[];
`;
  test.each([
    ['is that of the object it is spread from', 1, 'months', lineOf('months: 12', module)],
    ['is that of the last one that holds', 0, 'months', lineOf('months: 6', module)],
    ['is that of a part', 1, 'minimums.smallCell', lineOf('smallCell', module)],
    ['is found by a name in quotes', 1, 'id', lineOf("'id': 'second'", module)],
    ['is that of the whole where the part is missing', 1, 'sentence.es', lineOf("en: 'x'", module)],
    ['is that of the object where it is missing', 1, 'nestedIn', lineOf('{ ...common', module)],
    ['is found behind a name', 2, 'sentence.es', lineOf("es: 'b'", module)],
    ['is found in a list that is spread', 2, 'id', lineOf("id: 'third'", module)],
  ])('%s', (_, index, path, line) => {
    expect(linesIn(module, 'list', [{ index, path: path.split('.') }])).toEqual([line]);
  });

  it('falls back to the line of the list for entries that are gone', () => {
    expect(linesIn(module, 'list', [{ path: ['id'] }, { index: 9, path: ['id'] }])).toEqual(
      Array.from({ length: 2 }, () => lineOf('export const list', module)),
    );
  });

  it('is unknown without the list', () => {
    expect(() => linesIn(module, 'none', [])).toThrow('There is no none');
  });
});
