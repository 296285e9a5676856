import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Answers } from '../../../shared/protocol/instrument.ts';
import {
  type Baseline,
  itemsBelow,
  type MeasureId,
  type MeasureOutcome,
  measureIds,
  measures,
  outcomesOf,
  pegSumOf,
  pegSumOfMean,
} from '../../../shared/protocol/measures.ts';

const outcome = (measure: MeasureId, answers: Answers, baseline?: Baseline) =>
  measures[measure].rule(answers, baseline);

const better = (improvementPercent: number): Answers => ({ condition: 'better', improvementPercent });

describe('percent better', () => {
  test.each([
    [1, 'yes', 'no', 'no', 'no'],
    [29, 'yes', 'no', 'no', 'no'],
    [30, 'yes', 'yes', 'no', 'no'],
    [49, 'yes', 'yes', 'no', 'no'],
    [50, 'yes', 'yes', 'yes', 'no'],
    [51, 'yes', 'yes', 'yes', 'yes'],
    [100, 'yes', 'yes', 'yes', 'yes'],
  ])('%i percent: improved %s, at least 30 %s, at least half %s, over half %s', (percent, ...expected) => {
    expect(
      (['improved', 'improved-at-least-30', 'improved-at-least-half', 'improved-over-half'] as const).map(
        (id) => outcome(id, better(percent)),
      ),
    ).toEqual(expected);
  });

  test.each([{ condition: 'same' }, { condition: 'worse' }, { condition: 'better' }] as const)(
    'without a percentage nobody improved, and everybody is below the line: %o',
    (answers) => {
      expect(outcome('improved', answers)).toBe('no');
      expect(outcome('improved-over-half', answers)).toBe('no');
    },
  );
});

describe('the threshold that a sentence has to name', () => {
  /** Of 100: what is left of a score after a fall of so many percent, or how much better. */
  const afterChange = (measure: MeasureId, percent: number): MeasureOutcome => {
    const [nrsPain, before] = [percent / 10, { nrsPain: 10, peg: 10 }];
    const rest = 10 - nrsPain;
    const pegs = { pegPain: rest, pegEnjoyment: rest, pegActivity: rest };
    return outcome(measure, { ...better(percent), nrsPain: rest, ...pegs }, before);
  };
  const withThreshold = measureIds.flatMap((id) => {
    const { threshold } = measures[id];
    return threshold === undefined ? [] : [{ id, ...threshold }];
  });

  it('is stated for six measures', () => {
    expect(withThreshold).toHaveLength(6);
  });

  test.each(withThreshold)('of $id is $kind $percent%', ({ id, kind, percent }) => {
    expect(afterChange(id, percent - 1)).toBe('no');
    expect(afterChange(id, percent)).toBe(kind === 'over' ? 'no' : 'yes');
    expect(afterChange(id, percent + 1)).toBe('yes');
  });

  it('is absent where any change for the better counts', () => {
    expect(afterChange('improved', 1)).toBe('yes');
  });
});

describe('the items below the line', () => {
  const answered: Answers = {
    condition: 'better',
    improvementPercent: 60,
    qualityOfLife: 'better',
    pain: 'better',
    physicalFunction: 'better',
    standingWalking: 'better',
    nrsPain: 1,
    pegPain: 1,
    pegEnjoyment: 1,
    pegActivity: 1,
    pgic: 1,
  };
  const before = { nrsPain: 8, peg: 8 };

  test.each(measureIds)('are those that %s is asked by', (measure) => {
    const items = itemsBelow[measures[measure].denominator];
    expect(outcome(measure, answered, before)).toBe('yes');
    for (const item of items.filter((one) => one !== 'condition')) {
      const { [item]: _, ...rest } = answered;
      expect(outcome(measure, rest, before)).toBe('not-asked');
    }
    const only = Object.fromEntries(items.map((item) => [item, answered[item]]));
    expect(outcome(measure, { condition: 'better', ...only }, before)).not.toBe('not-asked');
  });
});

describe('changes', () => {
  test.each([
    ['better-quality-of-life', 'qualityOfLife'],
    ['less-pain', 'pain'],
    ['better-function', 'physicalFunction'],
    ['better-standing-or-walking', 'standingWalking'],
  ] as const)('%s has its own denominator', (measure, item) => {
    expect(outcome(measure, { condition: 'same', [item]: 'better' })).toBe('yes');
    expect(outcome(measure, { condition: 'better', [item]: 'same' })).toBe('no');
    expect(outcome(measure, { condition: 'better', [item]: 'worse' })).toBe('no');
    expect(outcome(measure, { condition: 'better' })).toBe('not-asked');
  });

  test.each([
    [1, 'yes'],
    [2, 'yes'],
    [3, 'no'],
    [7, 'no'],
    [undefined, 'not-asked'],
  ])('PGIC %s: %s', (pgic, expected) => {
    expect(
      outcome('much-improved-pgic', { condition: 'same', ...(pgic === undefined ? {} : { pgic }) }),
    ).toBe(expected);
  });
});

describe('scores against those before', () => {
  test.each([
    ['nrs-responder-30', 10, 7, 'yes'],
    ['nrs-responder-30', 10, 8, 'no'],
    ['nrs-responder-30', 9, 6, 'yes'],
    ['nrs-responder-30', 9, 7, 'no'],
    ['nrs-responder-30', 6.5, 4, 'yes'],
    ['nrs-responder-50', 7, 3, 'yes'],
    ['nrs-responder-50', 7, 4, 'no'],
    ['nrs-responder-50', 8, 4, 'yes'],
    ['nrs-responder-50', 1, 0, 'yes'],
    ['nrs-responder-30', 0, 0, 'zero-baseline'],
    ['nrs-responder-50', 0, 3, 'zero-baseline'],
  ] as const)('%s from %d to %d: %s', (measure, before, nrsPain, expected) => {
    expect(outcome(measure, { condition: 'same', nrsPain }, { nrsPain: before })).toBe(expected);
  });

  it('say why nothing can be said', () => {
    expect(outcome('nrs-responder-30', { condition: 'same' }, { nrsPain: 8 })).toBe('not-asked');
    expect(outcome('nrs-responder-30', { condition: 'same', nrsPain: 3 }, {})).toBe('no-baseline');
    expect(outcome('nrs-responder-30', { condition: 'same', nrsPain: 3 })).toBe('no-baseline');
  });

  const peg = (pegPain: number, pegEnjoyment: number, pegActivity: number): Answers => ({
    condition: 'same',
    pegPain,
    pegEnjoyment,
    pegActivity,
  });

  test.each([
    [20 / 3, peg(5, 5, 4), 'yes'],
    [6.67, peg(5, 5, 4), 'yes'],
    [6.7, peg(5, 5, 4), 'yes'],
    [6.7, peg(5, 5, 5), 'no'],
    [19 / 3, peg(5, 4, 4), 'yes'],
    [6.33, peg(5, 5, 4), 'no'],
    [10, peg(7, 7, 7), 'yes'],
    [10, peg(7, 7, 8), 'no'],
    [0, peg(0, 0, 0), 'zero-baseline'],
    [undefined, peg(1, 1, 1), 'no-baseline'],
    [5, { condition: 'same', pegPain: 1, pegActivity: 1 }, 'not-asked'],
  ] as const)('PEG from %s: %o is %s', (before, answers, expected) => {
    expect(outcome('peg-responder-30', answers, before === undefined ? undefined : { peg: before })).toBe(
      expected,
    );
  });

  it('need all three PEG items', () => {
    expect(pegSumOf(peg(5, 6, 9))).toBe(20);
    expect(pegSumOf(peg(0, 0, 0))).toBe(0);
    for (const missing of ['pegPain', 'pegEnjoyment', 'pegActivity'] as const) {
      const { [missing]: _, ...rest } = peg(5, 6, 9);
      expect(pegSumOf(rest)).toBeNull();
    }
  });

  it('find the sum of PEG items again from a rounded mean', () => {
    for (let sum = 0; sum <= 30; sum += 1) {
      for (const digits of [1, 2, 6]) expect(pegSumOfMean(Number((sum / 3).toFixed(digits)))).toBe(sum);
    }
  });
});

const anyAnswers = fc
  .record({
    condition: fc.constantFrom('worse', 'same', 'better'),
    percent: fc.integer({ min: 1, max: 100 }),
    nrsPain: fc.integer({ min: 0, max: 10 }),
    pgic: fc.integer({ min: 1, max: 7 }),
  })
  .map(
    ({ condition, percent, nrsPain, pgic }): Answers => ({
      condition,
      nrsPain,
      pgic,
      ...(condition === 'better' ? { improvementPercent: percent } : {}),
    }),
  );

describe('whatever the answers', () => {
  it('the stricter measure holds only where the milder does, over the same patients', () => {
    const chain = [
      'improved',
      'improved-at-least-30',
      'improved-at-least-half',
      'improved-over-half',
    ] as const;
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const held = chain.map((id) => outcome(id, answers));
        expect(held.join(' ')).toMatch(/^(yes ?)*(no ?)*$/);
      }),
    );
    expect(new Set(chain.map((id) => measures[id].denominator)).size).toBe(1);
  });

  it('a greater percentage never loses a measure, and a lower score never does', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 1, max: 10 }),
        fc.nat(9),
        (percent, before, now) => {
          const rank = (result: string): number => (result === 'yes' ? 1 : 0);
          expect(rank(outcome('improved-over-half', better(percent + 1)))).toBeGreaterThanOrEqual(
            rank(outcome('improved-over-half', better(percent))),
          );
          const responder = (nrsPain: number) =>
            rank(outcome('nrs-responder-30', { condition: 'same', nrsPain }, { nrsPain: before }));
          expect(responder(now)).toBeGreaterThanOrEqual(responder(now + 1));
        },
      ),
    );
  });

  it('all outcomes are there, in order, each with a source', () => {
    expect(outcomesOf(better(60), undefined).map(({ measure }) => measure)).toEqual(Object.keys(measures));
    for (const { source, label } of Object.values(measures)) {
      expect(source).toMatch(/own item|\d{4}|IMMPACT/);
      expect(label).not.toBe('');
    }
  });
});
