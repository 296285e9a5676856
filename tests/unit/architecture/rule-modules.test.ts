import { describe, expect, it } from 'vitest';
import { ruleModulesIn, testsOf } from '../../mutations/tests-of.ts';
import { codeOf, readSourceTree } from '../../support/sources/source-tree.ts';

describe('the rules', async () => {
  const tree = await readSourceTree(['shared', 'tests']);

  it('have tests in the folder that mirrors their own', () => {
    const rules = ruleModulesIn(tree);
    expect(rules.length).toBeGreaterThan(50);
    const deciding = rules.filter((path) => /=>/.test(codeOf(tree.get(path) ?? '')));
    expect(deciding.filter((path) => testsOf(tree, path).length === 0)).toEqual([]);
  });
});

/** The text of a module that imports another, given by the path from its own folder. */
const loading = (specifier: string, keyword = 'import') => `${keyword} { planted } from '${specifier}';`;

describe('a rule', () => {
  const tree = new Map([
    ['shared/care/patient/stops.ts', loading('../../platform/time.ts')],
    ['shared/care/patient/profiles.ts', loading('./stops.ts')],
    ['shared/care/patient/ports.ts', 'export type Store = { readonly load: () => Item };'],
    ['shared/care/patient/commit.ts', loading('./ports.ts', 'import type')],
    ['shared/care/patient/wait.ts', 'export const wait = async () => {};'],
    ['shared/care/patient/aws/keys.ts', 'export const keyOf = () => 1;'],
    ['shared/care/intake/formats/csv.ts', 'export const read = () => 1;'],
    ['shared/platform/http/http.ts', 'export const reply = () => 1;'],
    ['shared/web/survey/pages.ts', 'export const page = () => 1;'],
    ['tests/unit/care/patient/links.test.ts', loading('../../../../shared/care/patient/stops.ts')],
    ['tests/unit/care/patient/stops.test.ts', loading('../../../../shared/care/patient/profiles.ts')],
    ['tests/unit/care/patient/deep/all.test.ts', loading('../../../../../shared/care/patient/stops.ts')],
    [
      'tests/unit/care/patient/types.test.ts',
      loading('../../../../shared/care/patient/stops.ts', 'import type'),
    ],
    ['tests/unit/care/intake/other.test.ts', loading('../../../../shared/care/patient/stops.ts')],
  ]);

  it('is what neither waits, nor uses a port, nor adapts', () => {
    expect(ruleModulesIn(tree)).toEqual(['shared/care/patient/profiles.ts', 'shared/care/patient/stops.ts']);
  });

  it('is judged by the tests of its mirrored folder that load it, its own test first', () => {
    expect(testsOf(tree, 'shared/care/patient/stops.ts')).toEqual([
      'tests/unit/care/patient/stops.test.ts',
      'tests/unit/care/patient/deep/all.test.ts',
      'tests/unit/care/patient/links.test.ts',
    ]);
    expect(testsOf(tree, 'shared/care/patient/profiles.ts')).toEqual([
      'tests/unit/care/patient/stops.test.ts',
    ]);
  });
});
