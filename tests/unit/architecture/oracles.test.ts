import { describe, expect, it } from 'vitest';
import { readSourceTree } from '../../support/sources/source-tree.ts';
import { runByOracles, sharedRules } from './oracles.ts';

describe('the oracles', async () => {
  const tree = await readSourceTree(['tests']);

  it('run no code that they judge', () => {
    expect(sharedRules(tree)).toEqual([]);
  });

  it('are exempt only where they would fail', () => {
    const without = sharedRules(tree, {}).map((problem) => problem.split(' runs ')[1]);
    expect(Object.keys(runByOracles).filter((path) => !without.includes(path))).toEqual([]);
  });
});

const oracle = 'tests/support/oracles/planted.ts';

/** Planted here in two parts, or this file would seem to import it. */
const from = (path: string) => `from '../../../${path}';`;

describe('an oracle', () => {
  it.each([
    ['a rule', `import { bandFor } ${from('shared/outcomes/disclosure/disclosure.ts')}`],
    ['a rule beside a type', `import { type Band, bandFor } ${from('shared/disclosure.ts')}`],
    ['a rule that it passes on', `export { bandFor } ${from('shared/outcomes/disclosure.ts')}`],
    ['a handler', `import { createHandler } ${from('functions/serve-stats/create-handler.ts')}`],
    ['a sample that may run rules', "import { aReport } from '../samples/builders.ts';"],
  ])('may not run %s', (_, text) => {
    expect(sharedRules(new Map([[oracle, text]]))).toHaveLength(1);
    expect(sharedRules(new Map([['tests/simulation/ledger.ts', text]]))).toHaveLength(1);
  });

  it.each([
    ['a type', `import type { Band } ${from('shared/outcomes/disclosure/disclosure.ts')}`],
    ['types alone', `import { type Band, type Rate } ${from('shared/disclosure.ts')}`],
    ['a package', "import jstat from 'jstat';"],
    ['another oracle', "import { isOver } from './statistics.ts';"],
  ])('may use %s', (_, text) => {
    expect(sharedRules(new Map([[oracle, text]]))).toEqual([]);
  });

  it('may run an exception', () => {
    const tree = new Map([[oracle, `import { patientId } ${from('shared/ids.ts')}`]]);
    expect(sharedRules(tree, { 'shared/ids.ts': 'a reason' })).toEqual([]);
  });
});
