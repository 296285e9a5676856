import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemKinds, readAnswers, readUnfinished } from '../../../../shared/care/survey/answers.ts';
import { familyIds } from '../../../../shared/protocol/families.ts';
import { changes, type Item, itemsFor } from '../../../../shared/protocol/instrument.ts';

const family = 'facet-joint-injection';

const better = { condition: 'better', improvementPercent: '60' };

const problemsOf = (raw: Readonly<Record<string, unknown>>, of: (typeof familyIds)[number] = family) => {
  const read = readAnswers(raw, of);
  return read.outcome === 'invalid' ? read.problems : [];
};

describe('reading answers', () => {
  it('gives typed answers for a whole survey', () => {
    const raw = {
      ...better,
      qualityOfLife: 'same',
      pain: 'better',
      physicalFunction: 'worse',
      standingWalking: 'better',
      nrsPain: '0',
      pegPain: '10',
      pegEnjoyment: '4',
      pegActivity: '5',
      pgic: '2',
    };
    expect(readAnswers(raw, 'mild')).toEqual({
      outcome: 'valid',
      answers: {
        condition: 'better',
        improvementPercent: 60,
        qualityOfLife: 'same',
        pain: 'better',
        physicalFunction: 'worse',
        standingWalking: 'better',
        nrsPain: 0,
        pegPain: 10,
        pegEnjoyment: 4,
        pegActivity: 5,
        pgic: 2,
      },
    });
  });

  it.each(['worse', 'same'])('needs nothing but the direction when it is %s', (condition) => {
    expect(readAnswers({ condition }, family)).toEqual({ outcome: 'valid', answers: { condition } });
  });

  it('takes an empty box for no answer', () => {
    expect(readAnswers({ condition: 'same', improvementPercent: '', nrsPain: '' }, family)).toEqual({
      outcome: 'valid',
      answers: { condition: 'same' },
    });
  });

  it.each([
    ['1', 1],
    ['49', 49],
    ['50', 50],
    ['51', 51],
    ['100', 100],
    ['70 ', 70],
    [' 70', 70],
    ['70%', 70],
    ['70 %', 70],
    [' 70 % ', 70],
    ['70.', 70],
    ['070', 70],
    ['\u00a070\u00a0', 70],
    ['７０', 70],
    ['70％', 70],
    ['5\n', 5],
    ['100%', 100],
  ])('keeps %s percent as it was given', (improvementPercent, value) => {
    expect(readAnswers({ condition: 'better', improvementPercent }, family)).toEqual({
      outcome: 'valid',
      answers: { condition: 'better', improvementPercent: value },
    });
  });

  it.each(['0', '101', '1000', '99999999999999999999999999'])(
    'refuses %s percent as out of range',
    (value) => {
      expect(problemsOf({ condition: 'better', improvementPercent: value })).toEqual([
        { item: 'improvementPercent', problem: 'out-of-range' },
      ]);
    },
  );

  it.each([
    '1e1',
    '5.0',
    '5,0',
    '+5',
    '-5',
    '5%%',
    '% 5',
    '5 0',
    '5-6',
    '5 percent',
    ' '.repeat(30_000).concat('x'),
    '0'.repeat(30_000).concat('x'),
    '0x5',
    '٥',
    'NaN',
    'Infinity',
    'null',
    'five',
    '9'.repeat(100_000).concat('x'),
    5,
    50,
    true,
    null,
    ['5'],
    [],
    {},
    () => '5',
  ])('refuses %j as a percentage', (value) => {
    expect(problemsOf({ condition: 'better', improvementPercent: value })).toEqual([
      { item: 'improvementPercent', problem: 'not-a-whole-number' },
    ]);
  });

  it.each(['11', '-1', '1e1', '7.0', ' 7', '', 7, ['7']])(
    'refuses or ignores %j on a 0-10 scale',
    (value) => {
      const read = readAnswers({ condition: 'same', nrsPain: value }, family);
      if (value === '') expect(read).toEqual({ outcome: 'valid', answers: { condition: 'same' } });
      else expect(read.outcome).toBe('invalid');
    },
  );

  it.each(['0', '8'])('refuses %s as an impression of change', (pgic) => {
    expect(problemsOf({ condition: 'same', pgic })).toEqual([{ item: 'pgic', problem: 'out-of-range' }]);
  });

  it('says what is missing: the direction, or how much better', () => {
    expect(problemsOf({})).toEqual([{ item: 'condition', problem: 'required' }]);
    expect(problemsOf({ condition: 'better' })).toEqual([
      { item: 'improvementPercent', problem: 'required' },
    ]);
  });

  it.each(['worse', 'same'])('refuses a percentage beside "%s", even a senseless one', (condition) => {
    for (const improvementPercent of ['80', 'rubbish']) {
      expect(problemsOf({ condition, improvementPercent })).toEqual([
        { item: 'improvementPercent', problem: 'only-if-better' },
      ]);
    }
  });

  it('does not blame the percentage when the direction is missing or no choice', () => {
    expect(problemsOf({ improvementPercent: '80' })).toEqual([{ item: 'condition', problem: 'required' }]);
    expect(problemsOf({ condition: 'Better', improvementPercent: '80' })).toEqual([
      { item: 'condition', problem: 'not-a-choice' },
    ]);
    expect(problemsOf({ improvementPercent: '800' })).toEqual([
      { item: 'condition', problem: 'required' },
      { item: 'improvementPercent', problem: 'out-of-range' },
    ]);
  });

  it('refuses what is not asked, by its name, even when empty', () => {
    expect(problemsOf({ ...better, mood: 'good', extra: '' })).toEqual([
      { item: 'mood', problem: 'unknown-item' },
      { item: 'extra', problem: 'unknown-item' },
    ]);
  });

  it('asks about standing and walking after mild only', () => {
    expect(readAnswers({ ...better, standingWalking: 'better' }, 'mild').outcome).toBe('valid');
    for (const other of familyIds.filter((id) => id !== 'mild')) {
      expect(problemsOf({ ...better, standingWalking: 'better' }, other)).toEqual([
        { item: 'standingWalking', problem: 'unknown-item' },
      ]);
    }
  });

  it('is not fooled by names that every object has', () => {
    const raw: unknown = JSON.parse('{"condition":"same","__proto__":"x","constructor":"y"}');
    expect(problemsOf(Object.fromEntries(Object.entries(Object(raw))))).toEqual([
      { item: '__proto__', problem: 'unknown-item' },
      { item: 'constructor', problem: 'unknown-item' },
    ]);
    expect(readAnswers(Object.create({ condition: 'same' }), family).outcome).toBe('invalid');
  });
});

const rubbish = fc.oneof(
  fc.anything(),
  fc.string(),
  fc.constantFrom(...changes),
  fc.integer({ min: -5, max: 120 }).map(String),
);

const name = fc.oneof(fc.constantFrom(...itemsFor('mild').map(({ id }) => id)), fc.string());

const valuesOf = (item: Item): fc.Arbitrary<unknown> =>
  item.kind === 'change' ? fc.constantFrom(...changes) : fc.integer({ min: item.min, max: item.max });

describe('reading whatever comes', () => {
  it('never throws, and gives either answers within bounds or named problems', () => {
    fc.assert(
      fc.property(fc.dictionary(name, rubbish), fc.constantFrom(...familyIds), (raw, of) => {
        const read = readAnswers(raw, of);
        if (read.outcome === 'invalid') {
          expect(read.problems.length).toBeGreaterThan(0);
          expect(new Set(read.problems.map(({ item }) => item)).size).toBe(read.problems.length);
          for (const { problem } of read.problems) expect(problemKinds).toContain(problem);
          return;
        }
        const { condition, improvementPercent } = read.answers;
        expect(improvementPercent !== undefined).toBe(condition === 'better');
        for (const item of itemsFor(of)) {
          const value = read.answers[item.id];
          if (value === undefined) continue;
          if (item.kind === 'change') expect(changes).toContain(value);
          else {
            expect(Number.isInteger(value)).toBe(true);
            expect(value).toBeGreaterThanOrEqual(item.min);
            expect(value).toBeLessThanOrEqual(item.max);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads back every valid set of answers exactly as it was written', () => {
    const optional = Object.fromEntries(
      itemsFor('mild')
        .filter(({ id }) => id !== 'condition' && id !== 'improvementPercent')
        .map((item) => [item.id, fc.option(valuesOf(item), { nil: undefined })]),
    );
    const direction = fc.oneof(
      fc.record({ condition: fc.constantFrom('worse', 'same') }),
      fc.record({ condition: fc.constant('better'), improvementPercent: fc.integer({ min: 1, max: 100 }) }),
    );
    fc.assert(
      fc.property(direction, fc.record(optional), (first, rest) => {
        const answers = Object.fromEntries(
          Object.entries({ ...first, ...rest }).filter(([, value]) => value !== undefined),
        );
        const raw = Object.fromEntries(Object.entries(answers).map(([id, value]) => [id, String(value)]));
        expect(readAnswers(raw, 'mild')).toEqual({ outcome: 'valid', answers });
      }),
    );
  });
});

describe('reading a survey that is not finished', () => {
  it('gives what would be answers, as it was written', () => {
    expect(readUnfinished({ condition: 'better', improvementPercent: '60', nrsPain: '0' }, family)).toEqual({
      condition: 'better',
      improvementPercent: '60',
      nrsPain: '0',
    });
  });

  it('is content with nothing, and with fields left empty', () => {
    expect(readUnfinished({}, family)).toEqual({});
    expect(readUnfinished({ condition: '', nrsPain: undefined }, family)).toEqual({});
  });

  it.each(['6x', '101', '0.5', '-'])('leaves out a percentage that is none yet: %s', (improvementPercent) => {
    expect(readUnfinished({ condition: 'better', improvementPercent }, family)).toEqual({
      condition: 'better',
    });
  });

  it.each([
    ['a name that no question has', { condition: 'better', colour: 'blue' }],
    ['a choice that is not offered', { condition: 'excellent' }],
    ['a point that is not on the scale', { nrsPain: '11' }],
    ['a question of another procedure', { standingWalking: 'better' }],
    ['no text', { condition: 7 }],
  ])('is not ours with %s', (_, raw) => {
    expect(readUnfinished(raw, family)).toBeUndefined();
  });
});
