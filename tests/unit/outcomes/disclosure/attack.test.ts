import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { figuresOf } from '../../../../shared/outcomes/claims/figures.ts';
import { attackRelease } from '../../../../shared/outcomes/disclosure/attack.ts';
import { bandFor } from '../../../../shared/outcomes/disclosure/disclosure.ts';
import { nest } from '../../../../shared/outcomes/disclosure/shown-group.ts';
import type { ShownClaim } from '../../../../shared/outcomes/release/release-schema.ts';
import type { CohortMonth } from '../../../../shared/platform/time.ts';
import { carelesslyShown, definition, releaseOf } from './shown.ts';

const improved = definition('improved');
const overHalf = definition('over-half', { measure: 'improved-over-half', nestedIn: 'improved' });
const lessPain = definition('less-pain', { measure: 'less-pain', rule: 'floor' });

const found = (findings: ReturnType<typeof attackRelease>): readonly string[] =>
  findings.map(({ of, quantity }) => `${of}: ${quantity}`).sort();

describe('the disclosure attack finds what a careless publisher reveals', () => {
  test.each([
    ['two who did not improve', 98, 100, ['improved: without']],
    ['one who did', 1, 150, ['improved: with']],
    ['seven who did not, hidden among others', 79, 86, ['improved: without']],
    ['nine who did not', 66, 75, []],
    ['no small count', 60, 100, []],
    ['that all improved, which is no count of 1 to 10', 2000, 2000, []],
  ])('%s: %i of %i', (_, x, n, expected) => {
    const findings = attackRelease(releaseOf(1, [carelesslyShown(improved, x, n)]), []);
    expect(found(findings)).toEqual(expected);
  });

  it('a few between two nested claims', () => {
    const claims = [carelesslyShown(improved, 152, 198), carelesslyShown(overHalf, 149, 198)];
    const findings = attackRelease(releaseOf(1, claims), []);
    expect(found(findings)).toContain('over-half: between');
    expect(
      findings.every(({ group, releases }) => group === 'overall|3m|condition' && releases[0] === 1),
    ).toBe(true);
  });

  it('nothing from claims that are withheld or held', () => {
    const claim = carelesslyShown(improved, 98, 100);
    expect(attackRelease(releaseOf(2, [{ ...claim, status: 'held' }]), [releaseOf(1, [claim])])).toEqual([]);
    expect(attackRelease(releaseOf(2, []), [releaseOf(1, [claim])])).toEqual([]);
  });

  /** Enough percentages of the same patients that only one number of answers fits. */
  const givingAway = (n: number, shares: readonly number[], period?: ShownClaim['period']) =>
    shares.map((x, index) =>
      carelesslyShown(definition(`pain-${index}`, { measure: 'less-pain', rule: 'floor' }), x, n, period),
    );

  it('a few who skipped a question', () => {
    // Over 96% leaves 30 to 33 who answered the one question; the other was answered by 34 exactly.
    const claims = [carelesslyShown(improved, 29, 30), ...givingAway(34, [17, 11, 9, 7])];
    expect(found(attackRelease(releaseOf(1, claims), []))).toContain(
      'overall|3m|pain: answered, not overall|3m|condition',
    );
  });

  /** One question in enough variants that only one number of answers fits. */
  const exactly = (n: number) =>
    givingAway(
      n,
      Array.from({ length: n - 1 }, (_, index) => index + 1),
    );
  const conditionOf = (n: number) => exactly(n).map((claim) => ({ ...claim, group: 'overall|3m|condition' }));

  it.each([30, 40, 49])('one who did, where only %i answers fit', (n) => {
    expect(found(attackRelease(releaseOf(1, exactly(n)), []))).toContain('pain-0: with');
  });

  it.each([
    ['one', exactly(34), conditionOf(33), { low: 1, high: 1 }],
    ['ten', exactly(43), conditionOf(33), { low: 10, high: 10 }],
    ['eleven', exactly(44), conditionOf(33), undefined],
    ['none', exactly(33), conditionOf(33), undefined],
    ['at the end of a band', exactly(49), conditionOf(48), { low: 1, high: 1 }],
    [
      'a few, it is not known how many',
      exactly(40),
      [carelesslyShown(improved, 29, 30)],
      { low: 7, high: 10 },
    ],
    ['some, perhaps eleven', exactly(41), [carelesslyShown(improved, 29, 30)], undefined],
  ])('who skipped a question: %s', (_, pain, condition, range) => {
    const findings = attackRelease(releaseOf(1, [...pain, ...condition]), []);
    const skipping = findings.find(({ quantity }) => quantity === 'answered, not overall|3m|condition');
    expect(skipping?.range).toEqual(range);
  });

  const through = (to: CohortMonth, from: CohortMonth = '2025-01') => ({ from, to });

  it.each([
    [12, 30, 13, 41, ['improved: with, added']],
    [12, 30, 17, 41, ['improved: with, added', 'improved: without, added']],
    [12, 30, 60, 120, []],
  ])('a few among those who came: %i of %i, then %i of %i', (x, n, laterX, laterN, expected) => {
    const before = releaseOf(1, [carelesslyShown(improved, x, n, through('2025-06'))]);
    const after = releaseOf(2, [carelesslyShown(improved, laterX, laterN, through('2025-07'))]);
    expect(found(attackRelease(after, [before]))).toEqual(expected);
    // The same result beside another question that the earlier release did not show.
    const beside = carelesslyShown(lessPain, 60, 120, through('2025-07'));
    expect(found(attackRelease({ ...after, claims: [beside, ...after.claims] }, [before]))).toEqual(expected);
  });

  it('nothing between releases of other months, or of other questions', () => {
    const after = releaseOf(2, [carelesslyShown(improved, 13, 41, through('2025-12', '2025-07'))]);
    const earlier = releaseOf(1, [carelesslyShown(improved, 12, 30, through('2025-06'))]);
    const other = releaseOf(1, [carelesslyShown(lessPain, 12, 30, through('2025-12'))]);
    const new2 = releaseOf(1, [
      carelesslyShown(
        definition('new', { measure: 'improved-at-least-30' }),
        12,
        30,
        through('2025-12', '2025-07'),
      ),
    ]);
    for (const before of [earlier, other, new2]) expect(attackRelease(after, [before])).toEqual([]);
  });

  const shares = [17, 11, 9, 7];

  it.each([
    ['the months before', through('2025-06'), through('2025-12', '2025-07'), false],
    ['one of the months', through('2025-07'), through('2025-12', '2025-07'), true],
    ['its last month', through('2025-12', '2025-07'), through('2025-07'), true],
    ['the months after', through('2025-12', '2025-07'), through('2025-06'), false],
  ])('a difference of a few from a release of %s: $3', (_, earlier, later, isFound) => {
    const before = releaseOf(1, givingAway(34, shares, earlier));
    const after = releaseOf(2, givingAway(37, [18, 12, 10, 7], later));
    expect(attackRelease(after, [before]).some(({ releases }) => releases.length === 2)).toBe(isFound);
  });

  it('a difference of a few where the months rolled on, more or fewer', () => {
    const [less, more] = [
      givingAway(34, shares, through('2025-12')),
      givingAway(37, [18, 12, 10, 7], through('2026-01', '2025-02')),
    ];
    const differences = found(attackRelease(releaseOf(2, more), [releaseOf(1, less)]));
    expect(differences).toContain('overall|3m|pain: answered, difference');
    expect(differences.some((text) => text.endsWith('added'))).toBe(false);
    const back = givingAway(34, shares, through('2026-01', '2025-02'));
    const before = givingAway(37, [18, 12, 10, 7], through('2025-12'));
    expect(found(attackRelease(releaseOf(2, back), [releaseOf(1, before)]))).toContain(
      'overall|3m|pain: answered, difference',
    );
  });
});

describe('nesting', () => {
  const nested = [{ outer: 0, inner: 1, id: 'inner' }];
  it.each([
    [0, 20, 30, 25, 40, [25, 30, 25, 30]],
    [11, 20, 60, 10, 55, [21, 60, 10, 49]],
    [0, 20, 24, 25, 40, undefined],
    [11, 20, 35, 25, 30, undefined],
    [11, 20, 36, 25, 30, [36, 36, 25, 25]],
  ])('at least %i apart', (minGap, outerLow, outerHigh, innerLow, innerHigh, expected) => {
    const ranges = [
      { low: outerLow, high: outerHigh },
      { low: innerLow, high: innerHigh },
    ];
    expect(nest(ranges, nested, minGap)?.flatMap(({ low, high }) => [low, high])).toEqual(expected);
  });
});

type Universe = { readonly n: number; readonly outer: number; readonly inner: number };

/** Every n, x and nested x that would be shown exactly as the true ones are, by brute force. */
const consistent = ({ n, outer, inner }: Universe): readonly Universe[] => {
  const band = bandFor(n);
  const [shownOuter, shownInner] = [figuresOf('over', outer, n), figuresOf('over', inner, n)];
  const all: Universe[] = [];
  for (let m = band?.low ?? 0; m <= (band?.high ?? 0); m += 1) {
    const like = (shown: typeof shownOuter) =>
      Array.from({ length: m + 1 }, (_, x) => x).filter((x) => {
        const figures = figuresOf('over', x, m);
        return figures?.percent === shown?.percent && figures?.tier === shown?.tier;
      });
    const inners = like(shownInner);
    for (const x of like(shownOuter)) {
      for (const y of inners) if (y <= x) all.push({ n: m, outer: x, inner: y });
    }
  }
  return all;
};

const isPinned = (values: readonly number[]): boolean =>
  values.length > 0 && values.every((value) => value >= 1 && value <= 10);

const quantities: Readonly<Record<string, (universe: Universe) => number>> = {
  'improved: with': ({ outer }) => outer,
  'improved: without': ({ n, outer }) => n - outer,
  'over-half: with': ({ inner }) => inner,
  'over-half: without': ({ n, inner }) => n - inner,
  'over-half: between': ({ outer, inner }) => outer - inner,
};

const anyUniverse = (maxAnswers: number) =>
  fc
    .tuple(fc.integer({ min: 30, max: maxAnswers }), fc.nat(), fc.nat(), fc.boolean(), fc.boolean())
    .map(([n, a, b, isHigh, isClose]): Universe => {
      const outer = Math.max(1, isHigh ? n - (a % 12) : a % (n + 1));
      const inner = Math.max(1, isClose ? outer - (b % 12) : b % (outer + 1));
      return { n, outer, inner };
    });

const shownOf = (number: number, { n, outer, inner }: Universe, to: CohortMonth) => {
  const period = { from: '2025-01', to } as const;
  return releaseOf(number, [
    carelesslyShown(improved, outer, n, period),
    carelesslyShown(overHalf, inner, n, period),
  ]);
};

describe('the disclosure attack against brute force', () => {
  it('finds the same counts in one release', () => {
    fc.assert(
      fc.property(anyUniverse(199), (universe) => {
        const possible = consistent(universe);
        const expected = Object.entries(quantities)
          .filter(([, count]) => isPinned(possible.map(count)))
          .map(([name]) => name);
        expect(found(attackRelease(shownOf(1, universe, '2025-12'), []))).toEqual(expected.sort());
      }),
      { numRuns: 120 },
    );
  });

  it('finds every addition between two releases that no patient left, each count on its own', () => {
    const byTheRules = ({ n, outer, inner }: Universe): boolean =>
      inner >= 11 && outer - inner >= 11 && n - outer >= 11;
    const compliant = (maxAnswers: number) => anyUniverse(maxAnswers).filter(byTheRules);
    const pairs = fc
      .tuple(compliant(70), fc.integer({ min: 11, max: 30 }), fc.nat(), fc.nat())
      .map(([before, more, a, b]) => {
        const outer = a % (more + 1);
        const inner = b % (outer + 1);
        return {
          before,
          after: { n: before.n + more, outer: before.outer + outer, inner: before.inner + inner },
        };
      });
    fc.assert(
      fc.property(pairs, ({ before, after }) => {
        const [first, second] = [before, after].map((universe) => consistent(universe).filter(byTheRules));
        const expected = Object.entries(quantities).flatMap(([name, count]) => {
          const series = (all: readonly Universe[] | undefined) =>
            [...new Set((all ?? []).map((universe) => `${universe.n} ${count(universe)}`))].map((text) =>
              text.split(' ').map(Number),
            );
          const [earlier, later] = [series(first), series(second)];
          const values = (ns: readonly (readonly number[])[]) => ns.map(([, value = 0]) => value);
          const apart = values(later).flatMap((value) => values(earlier).map((other) => value - other));
          if (isPinned(apart) || isPinned(apart.map((value) => -value))) return [`${name}, difference`];
          const added = earlier.flatMap(([n1 = 0, v1 = 0]) =>
            later
              .filter(([n2 = 0, v2 = 0]) => n2 - n1 >= 11 && v2 >= v1 && v2 - v1 <= n2 - n1)
              .map(([, v2 = 0]) => v2 - v1),
          );
          return isPinned(added) ? [`${name}, added`] : [];
        });
        const between = attackRelease(shownOf(2, after, '2025-12'), [shownOf(1, before, '2025-11')]).filter(
          ({ releases }) => releases.length === 2,
        );
        expect(found(between)).toEqual(expect.arrayContaining(expected));
      }),
      { numRuns: 50 },
    );
  });

  it('never rules out the truth', () => {
    fc.assert(
      fc.property(anyUniverse(5000), ({ n, outer, inner }) => {
        const isKept = inner >= 11 && outer - inner >= 11 && n - outer >= 11;
        fc.pre(isKept);
        expect(attackRelease(shownOf(1, { n, outer, inner }, '2025-12'), [])).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
