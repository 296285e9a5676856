import { describe, expect, it } from 'vitest';
import { areaOf, areas, ruleModulesIn } from '../../mutations/areas.ts';
import { nearestTests } from '../../mutations/tests-of.ts';
import { codeOf, readSourceTree } from '../../support/sources/source-tree.ts';

const tree = await readSourceTree(['shared', 'functions', 'infra', 'tests']);
const product = [...tree].filter(([path]) => !path.startsWith('tests/'));

/** Modules that do something when they are loaded or called, not only types. */
const doing = product.filter(([, text]) => /=>/.test(codeOf(text)));

describe('the areas of the product', () => {
  it('hold every module but the generated ones', () => {
    const outside = product.filter(([path, text]) => areaOf(path, text) === undefined).map(([path]) => path);
    expect(outside.filter((path) => !path.includes('/generated/'))).toEqual([]);
  });

  it.each(areas.map(({ name }) => name))('%s: has modules', (name) => {
    expect(doing.some(([path, text]) => areaOf(path, text)?.name === name)).toBe(true);
  });
});

describe('the rules', () => {
  it('are judged by a unit test first', () => {
    const rules = ruleModulesIn(tree);
    const testsOf = nearestTests(tree);
    expect(rules.length).toBeGreaterThan(50);
    const deciding = rules.filter((path) => /=>/.test(codeOf(tree.get(path) ?? '')));
    expect(deciding.filter((path) => !testsOf(path)[0]?.startsWith('tests/unit/'))).toEqual([]);
  });
});

/** The text of a module that imports another, given by the path from its own folder. */
const loading = (specifier: string, keyword = 'import') => `${keyword} { planted } from '${specifier}';`;

const planted = new Map([
  ['shared/care/patient/stops.ts', loading('../../platform/time.ts')],
  ['shared/care/patient/profiles.ts', loading('./stops.ts')],
  ['shared/care/patient/ports.ts', 'export type Store = { readonly load: () => Item };'],
  ['shared/care/patient/commit.ts', loading('./ports.ts', 'import type')],
  ['shared/care/patient/wait.ts', 'export const wait = async () => {};'],
  ['shared/care/patient/aws/keys.ts', 'export const keyOf = () => 1;'],
  ['shared/care/intake/formats/csv.ts', 'export const read = () => 1;'],
  ['shared/platform/http/http.ts', 'export const reply = () => 1;'],
  ['shared/web/survey/pages.ts', loading('./generated/survey-script.ts')],
  ['shared/web/survey/generated/survey-script.ts', 'export const surveyScript = "";'],
  ['shared/web/survey/browser/survey.ts', 'save();'],
  ['tests/unit/care/patient/links.test.ts', loading('../../../../shared/care/patient/stops.ts')],
  ['tests/unit/care/patient/stops.test.ts', loading('../../../../shared/care/patient/profiles.ts')],
  [
    'tests/unit/care/patient/types.test.ts',
    loading('../../../../shared/care/patient/stops.ts', 'import type'),
  ],
  ['tests/functions/profiles.test.ts', loading('../../shared/care/patient/profiles.ts')],
  ['tests/e2e/pages.test.ts', loading('../../shared/web/survey/pages.ts')],
]);

describe('a rule', () => {
  it('is what neither waits, nor uses a port, nor adapts', () => {
    expect(ruleModulesIn(planted)).toEqual([
      'shared/care/patient/profiles.ts',
      'shared/care/patient/stops.ts',
    ]);
  });
});

describe('a module', () => {
  it.each([
    [
      'by the test with its name first, then by the nearest',
      'shared/care/patient/stops.ts',
      [
        'tests/unit/care/patient/stops.test.ts',
        'tests/unit/care/patient/links.test.ts',
        'tests/functions/profiles.test.ts',
      ],
    ],
    [
      'by those that load it, however many imports away',
      'shared/care/patient/profiles.ts',
      ['tests/functions/profiles.test.ts', 'tests/unit/care/patient/stops.test.ts'],
    ],
    [
      'of the browser by the tests of the page that carries it',
      'shared/web/survey/browser/survey.ts',
      ['tests/e2e/pages.test.ts'],
    ],
  ])('is judged %s', (_, module, tests) => {
    expect(nearestTests(planted)(module)).toEqual(tests);
  });
});
