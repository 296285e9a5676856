import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { StopKind } from '../../../shared/care/patient/stop-facts.ts';
import { contributionOf } from '../../../shared/counting/contribute.ts';
import { minIndexMonths } from '../../../shared/counting/index-episodes.ts';
import { addCounts, cellIdOf, cellKeyOf, differenceOf } from '../../../shared/outcomes/cells/cells.ts';
import type { Counts } from '../../../shared/outcomes/cells/contribution.ts';
import { type CohortMonth, localDate } from '../../../shared/platform/time.ts';
import { stoppedFor } from '../../support/samples/builders.ts';
import { at, episodeOn, profile, recordOf, responseTo } from './records.ts';

const plain = (record: ReturnType<typeof recordOf>) =>
  Object.fromEntries([...contributionOf(record)].map(([id, counted]) => [id, [...counted].sort()]));

describe('a contribution', () => {
  it('has every step of the funnel, for the family and overall', () => {
    const episode = episodeOn('2026-03-08', {
      touchpoints: {
        '2w': { status: 'emailed', emails: 2 },
        '3m': { status: 'answered', emails: 1, delivered: true },
      },
      baseline: { nrsPain: 0 },
    });
    const answers = { condition: 'better', improvementPercent: 50, pain: 'same', nrsPain: 0 } as const;
    const family = {
      'facet-joint-injection|2026-03|enrolled': ['eligible', 'reachable'],
      'facet-joint-injection|2026-03|2w': ['emailed'],
      'facet-joint-injection|2026-03|3m': [
        'emailed',
        'delivered',
        'answered',
        'counted',
        'improved:n',
        'improved:x',
        'improved-at-least-30:n',
        'improved-at-least-30:x',
        'improved-at-least-half:n',
        'improved-at-least-half:x',
        'improved-over-half:n',
        'less-pain:n',
      ].sort(),
    };
    const overall = Object.fromEntries(
      Object.entries(family).map(([id, counted]) => [
        id.replace('facet-joint-injection', 'overall'),
        counted,
      ]),
    );
    expect(plain(recordOf([episode], [responseTo(episode, { answers })]))).toEqual({ ...family, ...overall });
  });

  test.each([
    ['late', { inWindow: false }, ['answered']],
    ['suspect', { quality: 'suspect' }, ['answered']],
    ['confirmed', { quality: 'confirmed' }, ['answered', 'counted']],
  ] as const)('of a %s answer', (_, change, expected) => {
    const episode = episodeOn('2026-03-08');
    const counted = contributionOf(recordOf([episode], [responseTo(episode, change)])).get(
      'facet-joint-injection|2026-03|3m',
    );
    expect([...(counted ?? [])].filter((counter) => !counter.includes(':'))).toEqual(expected);
    expect(counted?.has('improved:n')).toBe(expected.length === 2);
  });

  it('takes an answer only for its own episode and timepoint', () => {
    const [first, other] = [episodeOn('2026-03-08'), episodeOn('2026-04-08')];
    const record = recordOf([first, other], [responseTo(other), responseTo(first, { timepoint: '6m' })]);
    expect(contributionOf(record).has('facet-joint-injection|2026-03|3m')).toBe(false);
    expect(contributionOf(record).has('facet-joint-injection|2026-03|6m')).toBe(true);
    expect(contributionOf(record).has('facet-joint-injection|2026-04|3m')).toBe(false);
  });

  test.each([
    ['opted-out', true],
    ['complained', true],
    ['died', true],
    ['hard-bounce', false],
    ['wrong-person', false],
    ['no-address', false],
  ] as const)('before any email, stopped for %s: reachable %s', (reason: StopKind, expected) => {
    const counted = contributionOf(
      recordOf([episodeOn('2026-03-08')], [], { ...profile, ...stoppedFor(reason, at) }),
    );
    expect(counted.get('overall|2026-03|enrolled')?.has('eligible')).toBe(true);
    expect(counted.get('overall|2026-03|enrolled')?.has('reachable')).toBe(expected);
  });

  it('keeps those once emailed reachable, and those without an address eligible', () => {
    const { email: _, ...unknown } = profile;
    const emailed = episodeOn('2026-03-08', {
      touchpoints: { instructions: { status: 'emailed', emails: 1 } },
    });
    const planned = episodeOn('2026-03-08', {
      touchpoints: { instructions: { status: 'skipped', emails: 0 } },
    });
    const enrolled = (record: ReturnType<typeof recordOf>) => plain(record)['overall|2026-03|enrolled'];
    expect(enrolled(recordOf([emailed], [], unknown))).toEqual(['eligible', 'reachable']);
    expect(enrolled(recordOf([planned], [], unknown))).toEqual(['eligible']);
    const { profile: __, ...withoutProfile } = recordOf([planned]);
    expect(enrolled(withoutProfile)).toEqual(['eligible']);
  });

  it('of nobody, and of a cancelled episode, is nothing', () => {
    expect(contributionOf(recordOf([])).size).toBe(0);
    const cancelled = episodeOn('2026-03-08', { status: 'cancelled' });
    expect(contributionOf(recordOf([cancelled], [responseTo(cancelled)])).size).toBe(0);
  });

  it('counts 58 patients of 170 procedures (as in MiDAS I), not 170', () => {
    const perPatient = Array.from({ length: 58 }, (_, index) => (index < 54 ? 3 : 2));
    expect(perPatient.reduce((total, count) => total + count, 0)).toBe(170);
    const counts = perPatient.reduce<Counts>((total, procedures) => {
      const episodes = Array.from({ length: procedures }, (_, index) =>
        episodeOn(localDate(`2026-0${index + 1}-15`), { family: 'mild' }),
      );
      const record = recordOf(
        episodes,
        episodes.map((episode) => responseTo(episode)),
      );
      return differenceOf(new Map(), contributionOf(record))
        .filter(({ scope }) => scope === 'mild')
        .reduce((sum, { changes }) => addCounts(sum, changes), total);
    }, {});
    expect([counts.eligible, counts['improved:n'], counts['improved:x']]).toEqual([58, 58, 58]);
  });
});

const anyRecord = fc
  .array(
    fc.record({
      day: fc.integer({ min: 0, max: 900 }),
      family: fc.constantFrom('facet-joint-injection', 'mild', 'epidural-steroid-injection'),
      status: fc.constantFrom('active', 'finished', 'stopped', 'cancelled'),
      emails: fc.nat(3),
      percent: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
    }),
    { maxLength: 6 },
  )
  .map((drawn) => {
    const unique = drawn.filter(
      (one, index) =>
        drawn.findIndex(({ day, family }) => day === one.day && family === one.family) === index,
    );
    const built = unique.map(({ day, family, status, emails, percent }) => {
      const date = localDate(new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10));
      const episode = episodeOn(date, {
        family,
        status,
        touchpoints: { '3m': { status: 'emailed', emails } },
      });
      const answers = { condition: 'better', improvementPercent: percent ?? 1 } as const;
      return { episode, responses: percent === undefined ? [] : [responseTo(episode, { answers })] };
    });
    return recordOf(
      built.map(({ episode }) => episode),
      built.flatMap(({ responses }) => responses),
    );
  });

describe('whatever the record', () => {
  it('no order of anything in it matters', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const turned = {
          ...record,
          episodes: record.episodes.toReversed(),
          responses: record.responses.toReversed(),
        };
        expect(plain(turned)).toEqual(plain(record));
      }),
    );
  });

  it('before and the difference give after, and back again gives nothing', () => {
    fc.assert(
      fc.property(anyRecord, anyRecord, (one, other) => {
        const [before, after] = [contributionOf(one), contributionOf(other)];
        const table = new Map<string, Counts>();
        const apply = (changes: ReturnType<typeof differenceOf>): void => {
          for (const change of changes) {
            const id = cellIdOf(change);
            table.set(id, addCounts(table.get(id) ?? {}, change.changes));
          }
        };
        apply(differenceOf(new Map(), before));
        apply(differenceOf(before, after));
        const direct = new Map(differenceOf(new Map(), after).map((cell) => [cellIdOf(cell), cell.changes]));
        const left = new Map([...table].filter(([, counts]) => Object.keys(counts).length > 0));
        expect(Object.fromEntries(left)).toEqual(Object.fromEntries(direct));
        expect(differenceOf(after, after)).toEqual([]);
      }),
    );
  });

  it('a patient is one at most in 12 months of any scope, and answered only if eligible', () => {
    const monthNumber = (month: CohortMonth): number =>
      12 * Number(month.slice(0, 4)) + Number(month.slice(5));
    fc.assert(
      fc.property(anyRecord, (record) => {
        const contribution = contributionOf(record);
        const keys = [...contribution.keys()].map(cellKeyOf);
        for (const [id, counted] of contribution) {
          const { scope, month } = cellKeyOf(id);
          expect(contribution.get(`${scope}|${month}|enrolled`)?.has('eligible')).toBe(true);
          if (counted.has('improved-over-half:x')) expect(counted.has('improved:x')).toBe(true);
        }
        for (const { scope, month } of keys) {
          const near = keys.filter(
            (other) =>
              other.scope === scope &&
              Math.abs(monthNumber(other.month) - monthNumber(month)) < minIndexMonths,
          );
          expect(new Set(near.map((other) => other.month)).size).toBe(1);
        }
      }),
    );
  });

  it('three procedures in a year are one patient overall, counted by the answers to the first', () => {
    const [first, second, third] = [
      episodeOn('2026-01-12', { family: 'mild' }),
      episodeOn('2026-02-09'),
      episodeOn('2026-03-09', { family: 'epidural-steroid-injection' }),
    ] as const;
    const worse = responseTo(first, { answers: { condition: 'worse' } });
    const record = recordOf([third, first, second], [responseTo(second), worse, responseTo(third)]);
    const counted = Object.fromEntries(
      Object.entries(plain(record)).filter(([id]) => id.startsWith('overall|')),
    );
    expect(Object.keys(counted).sort()).toEqual(['overall|2026-01|3m', 'overall|2026-01|enrolled']);
    expect(counted['overall|2026-01|3m']).toContain('improved:n');
    expect(counted['overall|2026-01|3m']).not.toContain('improved:x');
    const unanswered = plain(recordOf([first, second, third], [responseTo(second), responseTo(third)]));
    expect(Object.keys(unanswered).filter((id) => id.startsWith('overall|'))).toEqual([
      'overall|2026-01|enrolled',
    ]);
  });
});
