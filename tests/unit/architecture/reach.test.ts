import { describe, expect, it } from 'vitest';
import { readSourceTree, type SourceTree } from '../../support/sources/source-tree.ts';
import { chainsThrough } from './reach.ts';

const withImport = (tree: SourceTree, path: string, specifier: string): SourceTree =>
  new Map(tree).set(path, `import type { Planted } from '${specifier}';\n${tree.get(path)}`);

describe('the trust zones', async () => {
  const tree = await readSourceTree(['shared', 'functions']);

  it('are apart: what publishes reaches no module about people', () => {
    expect(chainsThrough(tree)).toEqual([]);
  });

  it('would not be, if the release store imported a helper from the care store again', () => {
    const path = 'shared/outcomes/release/aws/release-store.ts';
    const planted = withImport(tree, path, '../../../care/patient/aws/care-store.ts');
    expect(chainsThrough(planted)).toEqual([`${path} -> shared/care/patient/aws/care-store.ts`]);
  });

  it('would not be, if a helper in platform that they use knew people', () => {
    const planted = withImport(tree, 'shared/platform/digest.ts', '../care/patient/patient.ts');
    const [chain = '', ...more] = chainsThrough(planted);
    expect(chain).toMatch(
      /^[a-z/.-]+ -> shared\/platform\/digest\.ts -> shared\/care\/patient\/patient\.ts$/,
    );
    expect(more).toEqual([]);
  });

  it('let the counting, which is the bridge, import both', () => {
    expect(chainsThrough(tree, [{ from: ['shared/counting/'], never: 'shared/care/' }])).not.toEqual([]);
    expect(chainsThrough(tree, [{ from: ['shared/counting/'], never: 'shared/outcomes/' }])).not.toEqual([]);
  });
});

describe('a chain', () => {
  const people = ['shared/care/patient/patient.ts', 'export const a = 1;\n'] as const;

  it('is found over any number of imports, of any form, and printed', () => {
    const tree = new Map([
      people,
      ['functions/serve-stats/handler.ts', "import { a } from './create-handler.ts';"],
      ['functions/serve-stats/create-handler.ts', "const a = await import('../../shared/web/house/a.ts');"],
      ['shared/web/house/a.ts', "export * from '../../platform/a.ts';"],
      ['shared/platform/a.ts', "type A = import('../care/patient/patient.ts').A;"],
    ]);
    expect(chainsThrough(tree)).toEqual([
      'functions/serve-stats/create-handler.ts -> shared/web/house/a.ts -> shared/platform/a.ts -> shared/care/patient/patient.ts',
    ]);
  });

  it.each([
    'shared/outcomes/claims',
    'shared/web/stats',
    'functions/publish-release',
    'functions/serve-stats',
  ])('is found from %s', (folder) => {
    const up = folder.replaceAll(/[^/]+/g, '..');
    const tree = new Map([people, [`${folder}/a.ts`, `import type { A } from '${up}/${people[0]}';`]]);
    expect(chainsThrough(tree)).toEqual([`${folder}/a.ts -> ${people[0]}`]);
  });

  it('is found behind a cycle', () => {
    const tree = new Map([
      people,
      ['shared/outcomes/a.ts', "import './b.ts';"],
      ['shared/outcomes/b.ts', "import './a.ts'; import '../care/patient/patient.ts';"],
    ]);
    expect(chainsThrough(tree)).toEqual(['shared/outcomes/b.ts -> shared/care/patient/patient.ts']);
  });

  it('is let through where it ends before', () => {
    const tree = new Map([
      people,
      ['shared/outcomes/a.ts', "import '../platform/a.ts'; // import '../care/patient/patient.ts';"],
      ['shared/platform/a.ts', "import 'zod';"],
      ['functions/serve-survey/a.ts', "import '../../shared/care/patient/patient.ts';"],
    ]);
    expect(chainsThrough(tree)).toEqual([]);
  });
});
