import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../../shared/outcomes/cells/contribution.ts';
import { claimDefinitions } from '../../../../shared/outcomes/claims/claim-definitions.ts';
import { attackRelease } from '../../../../shared/outcomes/disclosure/attack.ts';
import { assembleRelease, isIntact, type ReleaseInput } from '../../../../shared/outcomes/release/release.ts';
import { shownClaimOf } from '../../../../shared/outcomes/release/release-claims.ts';
import { type Release, releaseSchema } from '../../../../shared/outcomes/release/release-schema.ts';
import { digestOf } from '../../../../shared/platform/digest.ts';
import { type LocalDate, localDate } from '../../../../shared/platform/time.ts';
import { cellsOf, facetMonths, type Month } from '../clinic.ts';

const facet = 'facet-joint-injection';

const inputOf = (
  months: readonly Month[],
  today: LocalDate,
  history: readonly Release[] = [],
): ReleaseInput => ({
  definitions: claimDefinitions,
  cells: new Map([[facet, cellsOf(facet, months)]]),
  history,
  today,
  synthetic: false,
  codeVersion: '1.2.3+0123456789ab',
});

const claimOf = (release: Release, id: string) => release.public.claims.find((claim) => claim.id === id);

const decisionOf = (release: Release, id: string) =>
  release.basis.claims.find((claim) => claim.id === id)?.decision;

/** January to March 2025 have closed on 2025-08-01. */
const first = assembleRelease(inputOf(facetMonths(1, 3), '2025-08-01')).release;

describe('the first release', () => {
  it('shows a claim with its evidence, all of it coarse', () => {
    const claim = claimOf(first, 'facet-improved');
    expect(claim).toMatchObject({
      status: 'published',
      percent: 74,
      tier: 'descriptive',
      answered: '100-199',
      responseRate: 65,
      lowResponse: false,
      interval: { low: 64, high: 83 },
      worstCase: 48,
      period: { from: '2025-01', to: '2025-03' },
      asOfRelease: 1,
      asOf: '2025-08-01',
      sentence: {
        en: 'Over 74% of our facet joint injection patients report improvement in their condition.',
      },
    });
    expect(claim?.status === 'published' ? claim.footnote : undefined).toEqual({
      en: "As reported by 100-199 patients who had a facet joint injection, treated from January 2025 to March 2025, who answered this question about 3 months later; at least 65% of all those treated answered the survey. 95% interval, at its widest: 64% to 83%. If nobody else had this result, it would be at least 48% of all those treated. Patients' own answers to our own questions; they do not show what caused the change.",
      es: 'Según lo que refirieron 100-199 pacientes con una inyección en las articulaciones facetarias, tratados de enero de 2025 a marzo de 2025, que respondieron esta pregunta unos 3 meses después; respondió la encuesta al menos el 65 % de todos los tratados. Intervalo del 95 %, en su mayor amplitud: del 64 % al 83 %. Si nadie más hubiera tenido este resultado, sería al menos el 48 % de todos los tratados. Son respuestas de los propios pacientes a nuestras propias preguntas; no demuestran la causa del cambio.',
    });
  });

  it.each([
    [1, '2025-08-01', 'from January 2025 to March 2025', 'de enero de 2025 a marzo de 2025'],
    [10, '2026-05-01', 'from October 2025 to December 2025', 'de octubre de 2025 a diciembre de 2025'],
  ] as const)('names the months of treatment, from month %i', (month, today, en, es) => {
    const { release } = assembleRelease(inputOf(facetMonths(month, 3), today));
    const claim = claimOf(release, 'facet-improved');
    const footnote = claim?.status === 'published' ? claim.footnote : undefined;
    expect(footnote).toEqual({ en: expect.stringContaining(en), es: expect.stringContaining(es) });
  });

  it('has every definition, shown or with a reason', () => {
    expect(first.public.claims.map(({ id }) => id)).toEqual(claimDefinitions.map(({ id }) => id));
    expect(first.public.claims.filter(({ status }) => status === 'withheld')).toHaveLength(7);
    expect(claimOf(first, 'mild-improved')).toMatchObject({ status: 'withheld', reason: 'not-yet-due' });
  });

  it('has no count in what is public, and the counts behind it in private', () => {
    expect(JSON.stringify(first.public)).not.toMatch(/"(x|n|eligible|responded)":/);
    expect(first.basis.claims).toContainEqual({
      id: 'facet-improved',
      x: 90,
      n: 120,
      decision: 'publishable',
    });
    expect(first.basis.groups).toContainEqual({
      group: 'facet-joint-injection|3m|condition',
      asOfRelease: 1,
      everShown: true,
      eligible: 180,
      responded: 120,
      months: ['2025-01', '2025-02', '2025-03'].map((month) => ({ month, answered: 40 })),
      evidence: expect.objectContaining({ period: { from: '2025-01', to: '2025-03' } }),
    });
  });

  it('has the digest of its canonical form, and survives being stored and read', () => {
    expect(first.digest).toBe(digestOf(JSON.parse(JSON.stringify(first.public))));
    expect(releaseSchema.parse(JSON.parse(JSON.stringify(first)))).toEqual(first);
    expect(isIntact(first)).toBe(true);
    expect(isIntact({ ...first, public: { ...first.public, synthetic: true } })).toBe(false);
    expect(first.public.previousDigest).toBeNull();
  });

  it('is the same, byte for byte, whatever the order of the cells', () => {
    const input = inputOf(facetMonths(1, 3), '2025-08-01');
    const turned = {
      ...input,
      cells: new Map([[facet, cellsOf(facet, facetMonths(1, 3)).toReversed()] as const]),
    };
    expect(JSON.stringify(assembleRelease(turned).release)).toBe(JSON.stringify(first));
  });

  it('has the same digest whatever the version of the code', () => {
    const input = { ...inputOf(facetMonths(1, 3), '2025-08-01'), codeVersion: '1.2.4+ba9876543210' };
    const { release } = assembleRelease(input);
    expect(release.basis.codeVersion).toBe('1.2.4+ba9876543210');
    expect(release.public).toEqual(first.public);
    expect(release.digest).toBe(first.digest);
  });

  it('says when patients are synthetic, and when few answered', () => {
    const months = facetMonths(1, 3, { eligible: 200 });
    const { release } = assembleRelease({ ...inputOf(months, '2025-08-01'), synthetic: true });
    const claim = claimOf(release, 'facet-improved');
    expect(claim).toMatchObject({ lowResponse: true, responseRate: 20 });
    const footnote = claim?.status === 'published' ? claim.footnote : { en: '', es: '' };
    expect(footnote.en).toMatch(/Low response.*Sample data/);
    expect(footnote.es).toMatch(/Respuesta baja.*Datos de muestra/);
  });

  it.each([
    [133, 30, false],
    [134, 25, true],
  ])('of %i treated a month has a response of %i%%, low: %s', (eligible, responseRate, lowResponse) => {
    const { release } = assembleRelease(inputOf(facetMonths(1, 3, { eligible }), '2025-08-01'));
    expect(claimOf(release, 'facet-improved')).toMatchObject({ responseRate, lowResponse });
  });

  it('has the response rate of its own patients, however few of another family answered', () => {
    const input = inputOf(facetMonths(1, 3), '2025-08-01');
    const mild = cellsOf('mild', facetMonths(1, 3, { answered: 20, improved: 10, overHalf: 0 }));
    const { release } = assembleRelease({ ...input, cells: new Map([...input.cells, ['mild', mild]]) });
    expect(claimOf(release, 'facet-improved')).toMatchObject({ responseRate: 65 });
  });

  it.each([
    ['two months with 14 answers', 2, { answered: 14, improved: 7, overHalf: 0 }, 'too-few-answers'],
    ['ten who did not improve', 2, { answered: 50, improved: 45, overHalf: 20 }, 'small-complement'],
    ['all improved', 2, { answered: 50, improved: 50, overHalf: 20 }, 'small-complement'],
    ['two improved', 2, { answered: 50, improved: 1, overHalf: 0 }, 'small-count'],
  ])('withholds a claim: %s', (_, count, counts, decision) => {
    const { release, news } = assembleRelease(inputOf(facetMonths(1, count, counts), '2025-08-01'));
    expect(decisionOf(release, 'facet-improved')).toBe(decision);
    const claim = claimOf(release, 'facet-improved');
    // The public part does not reveal which count was small.
    expect(claim).toMatchObject({ status: 'withheld', reason: 'not-enough-answers' });
    expect(news).not.toContain('facet-improved');
  });

  it('withholds a claim too close to the one it is nested in, and keeps that one', () => {
    const months = facetMonths(1, 2, { answered: 50, improved: 35, overHalf: 30 });
    const { release } = assembleRelease(inputOf(months, '2025-08-01'));
    expect(claimOf(release, 'facet-improved')?.status).toBe('published');
    expect(decisionOf(release, 'facet-over-half')).toBe('small-nested-difference');
  });

  it('withholds the 79 of 86 and the 66 of 75 of published studies', () => {
    for (const [improved, answered] of [
      [79, 86],
      [66, 75],
    ]) {
      const months = facetMonths(1, 1, { eligible: 100, answered, improved, overHalf: 40 });
      const { release } = assembleRelease(inputOf(months, '2025-08-01'));
      expect(claimOf(release, 'facet-improved')?.status).toBe('withheld');
    }
  });
});

describe('at the edges', () => {
  it('months without answers count as treated, and months before the first patient do not count', () => {
    const [january] = cellsOf(facet, facetMonths(1, 1));
    const silent: Cell = { scope: facet, month: '2025-02', timepoint: 'enrolled', counts: { eligible: 60 } };
    const empty: Cell = { scope: facet, month: '2024-12', timepoint: 'enrolled', counts: {} };
    const onlyEmailed: Cell = { scope: facet, month: '2025-02', timepoint: '3m', counts: { emailed: 60 } };
    const cells = [...cellsOf(facet, facetMonths(1, 1)), empty, silent, onlyEmailed];
    const { release } = assembleRelease({ ...inputOf([], '2025-08-01'), cells: new Map([[facet, cells]]) });
    expect(january?.month).toBe('2025-01');
    expect(release.basis.groups[0]).toMatchObject({ eligible: 120, responded: 40 });
    expect(claimOf(release, 'facet-over-half')).toMatchObject({
      responseRate: 30,
      period: { from: '2025-01', to: '2025-03' },
    });
  });

  it('all claims of a scope have one response rate, that of the question with the fewest answers', () => {
    const scope = 'overall';
    const counts = {
      counted: 90,
      'better-quality-of-life:n': 90,
      'better-quality-of-life:x': 60,
      'less-pain:n': 62,
      'less-pain:x': 40,
      'better-function:n': 29,
      'better-function:x': 15,
    };
    const cells: readonly Cell[] = [
      { scope, month: '2025-01', timepoint: 'enrolled', counts: { eligible: 100 } },
      { scope, month: '2025-01', timepoint: '3m', counts },
    ];
    const { release } = assembleRelease({ ...inputOf([], '2025-08-01'), cells: new Map([[scope, cells]]) });
    for (const id of ['overall-quality-of-life', 'overall-less-pain']) {
      expect(claimOf(release, id)).toMatchObject({ status: 'published', responseRate: 60 });
    }
    expect(claimOf(release, 'overall-better-function')?.status).toBe('withheld');
  });

  it('counts that yield no figure are not shown', () => {
    const [definition] = claimDefinitions;
    const edition = { number: 1, today: '2025-08-01', synthetic: false } as const;
    const period = { from: '2025-01', to: '2025-03' } as const;
    const counts = { period, eligible: 60, responded: 40, responseRate: 65, months: [] };
    expect(shownClaimOf(definition, counts, { x: 0, n: 40 }, edition)).toBeUndefined();
    expect(shownClaimOf(definition, counts, { x: 5, n: 9 }, edition)).toBeUndefined();
  });

  it('blocks a first release that reveals a small count, and shows nothing of it', () => {
    // Nothing is too small for these minimums; only the disclosure attack blocks it.
    const minimums = { answered: 30, smallCell: 1 };
    const definitions = claimDefinitions.map((definition) => ({ ...definition, minimums }));
    const months = facetMonths(1, 1, { eligible: 100, answered: 50, improved: 49, overHalf: 20 });
    const { release, findings, news } = assembleRelease({ ...inputOf(months, '2025-08-01'), definitions });
    expect(findings.map(({ quantity }) => quantity)).toContain('without');
    expect(claimOf(release, 'facet-improved')).toMatchObject({
      status: 'withheld',
      reason: 'not-enough-answers',
    });
    expect(release.basis.groups[0]).toMatchObject({ everShown: false });
    expect(news).toEqual([]);
  });
});

describe('the next release', () => {
  it('is updated with a new month, names the previous release, and is attacked together with it', () => {
    const { release, news, findings } = assembleRelease(inputOf(facetMonths(1, 4), '2025-09-01', [first]));
    expect(release.public).toMatchObject({ number: 2, previousDigest: first.digest });
    expect(claimOf(release, 'facet-improved')).toMatchObject({ status: 'published', asOfRelease: 2 });
    expect(news).toEqual(['facet-improved', 'facet-over-half']);
    expect(findings).toEqual([]);
    expect(attackRelease(release.public, [first.public])).toEqual([]);
  });

  it('holds claims with fewer than 11 new answers', () => {
    const few = facetMonths(4, 1, { eligible: 20, answered: 10, improved: 8, overHalf: 4 });
    const { release, news } = assembleRelease(inputOf([...facetMonths(1, 3), ...few], '2025-09-01', [first]));
    const before = claimOf(first, 'facet-improved');
    expect(claimOf(release, 'facet-improved')).toEqual({ ...before, status: 'held' });
    expect(decisionOf(release, 'facet-improved')).toBe('too-few-new');
    expect(release.basis.groups).toEqual(first.basis.groups);
    expect(news).toEqual([]);
  });

  it('holds claims that a single patient was withdrawn from, even with many new ones', () => {
    const [january, ...others] = facetMonths(1, 4);
    if (january === undefined) throw new Error('no months');
    const { release, news } = assembleRelease(
      inputOf([{ ...january, answered: 39 }, ...others], '2025-09-01', [first]),
    );
    expect(claimOf(release, 'facet-improved')?.status).toBe('held');
    expect(decisionOf(release, 'facet-improved')).toBe('few-left');
    expect(news).toEqual([]);
  });

  it('lets no withdrawal keep a group that has never been shown from being shown', () => {
    const small = facetMonths(1, 3, { answered: 9, improved: 4, overHalf: 2 });
    const unshown = assembleRelease(inputOf(small, '2025-08-01')).release;
    expect(unshown.basis.groups[0]?.everShown).toBe(false);
    const [january, ...others] = [...small, ...facetMonths(4, 1)];
    if (january === undefined) throw new Error('no months');
    const { release } = assembleRelease(
      inputOf([{ ...january, answered: 8 }, ...others], '2025-09-01', [unshown]),
    );
    expect(claimOf(release, 'facet-improved')?.status).toBe('published');
  });

  it('withdraws a claim when its counts become small, and reports it as news once', () => {
    const all = { answered: 40, improved: 40, overHalf: 20 };
    const later = facetMonths(1, 2, all);
    const months = [...later, ...facetMonths(3, 2, all)];
    const { release, news } = assembleRelease(inputOf(months, '2025-09-01', [first]));
    expect(claimOf(release, 'facet-improved')?.status).toBe('withheld');
    expect(news).toContain('facet-improved');
    const again = assembleRelease(
      inputOf([...months, ...facetMonths(5, 1, all)], '2025-10-01', [first, release]),
    );
    expect(again.news).not.toContain('facet-improved');
    expect(again.release.basis.groups[0]?.everShown).toBe(true);
  });

  it('leaves a group unchanged where the disclosure attack finds a count', () => {
    const before = assembleRelease(
      inputOf(facetMonths(1, 1, { answered: 30, improved: 12, overHalf: 1 }), '2025-08-01'),
    ).release;
    expect(claimOf(before, 'facet-improved')?.status).toBe('published');
    const months = [
      ...facetMonths(1, 1, { answered: 30, improved: 12, overHalf: 1 }),
      ...facetMonths(2, 1, { answered: 11, improved: 1, overHalf: 0 }),
    ];
    const { release, news, findings } = assembleRelease(inputOf(months, '2025-08-01', [before]));
    expect(findings.map(({ quantity, range }) => ({ quantity, range }))).toEqual([
      { quantity: 'with, added', range: { low: 1, high: 3 } },
    ]);
    expect(claimOf(release, 'facet-improved')).toMatchObject({ status: 'held', asOfRelease: 1 });
    expect(decisionOf(release, 'facet-improved')).toBe('disclosure-attack');
    expect(news).toEqual([]);
  });

  it('holds claims without counts, and keeps the basis of removed ones', () => {
    const without = assembleRelease({ ...inputOf([], '2025-09-01', [first]) }).release;
    expect(claimOf(without, 'facet-improved')?.status).toBe('held');
    const none = assembleRelease({ ...inputOf([], '2025-09-01', [first]), definitions: [] }).release;
    expect(none.public.claims).toEqual([]);
    expect(none.basis.groups).toEqual(first.basis.groups);
  });

  it('withholds a new claim until its group is updated', () => {
    const [improved] = claimDefinitions;
    const old = assembleRelease({
      ...inputOf(facetMonths(1, 3), '2025-08-01'),
      definitions: [improved],
    }).release;
    const { release } = assembleRelease(inputOf(facetMonths(1, 3), '2025-08-02', [old]));
    expect(claimOf(release, 'facet-over-half')).toMatchObject({ status: 'withheld', reason: 'not-yet-due' });
  });

  it('rolls on over two years without revealing a small count', () => {
    const history: Release[] = [];
    for (let count = 1; count <= 26; count += 1) {
      const today = localDate(new Date(Date.UTC(2025, count + 4, 2)).toISOString().slice(0, 10));
      const months = facetMonths(1, count, { eligible: 50, answered: 26, improved: 20, overHalf: 13 });
      const { release, news } = assembleRelease(inputOf(months, today, history));
      if (news.length === 0) continue;
      expect(
        attackRelease(
          release.public,
          history.map((earlier) => earlier.public),
        ),
      ).toEqual([]);
      expect(release.public.previousDigest).toBe(history.at(-1)?.digest ?? null);
      history.push(release);
    }
    expect(history.length).toBeGreaterThan(12);
    expect(claimOf(history.at(-1) ?? first, 'facet-improved')).toMatchObject({
      period: { from: '2026-03', to: '2027-02' },
    });
  });
});
