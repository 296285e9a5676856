import { describe, expect, expectTypeOf, it } from 'vitest';
import { familyIds } from '../../../shared/protocol/families.ts';
import {
  type Answers,
  type ItemId,
  itemsFor,
  screenIds,
  screensFor,
} from '../../../shared/protocol/instrument.ts';

describe('the survey', () => {
  it('has an item for every answer there is', () => {
    expectTypeOf<ItemId>().toEqualTypeOf<keyof Answers>();
  });

  it.each(familyIds)('has at most seven screens after %s, none empty, each item once', (family) => {
    const screens = screensFor(family);
    expect(screens.map(({ id }) => id)).toEqual(screenIds);
    expect(screens.length).toBeLessThanOrEqual(7);
    for (const { items } of screens) expect(items.length).toBeGreaterThan(0);
    const ids = itemsFor(family).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.slice(0, 2)).toEqual(['condition', 'improvementPercent']);
    expect(ids.includes('standingWalking')).toBe(family === 'mild');
  });

  it('requires the direction, and how much better after "better" only', () => {
    const required = itemsFor('mild').filter((item) => item.required);
    expect(required.map(({ id, onlyWhen }) => [id, onlyWhen])).toEqual([
      ['condition', undefined],
      ['improvementPercent', { condition: 'better' }],
    ]);
  });

  it('has the scales of its sources: 0-10, 1-7, and 1-100 percent', () => {
    const ranges = itemsFor('mild').flatMap((item) =>
      item.kind === 'change' ? [] : [[item.id, item.min, item.max]],
    );
    expect(ranges).toEqual([
      ['improvementPercent', 1, 100],
      ['nrsPain', 0, 10],
      ['pegPain', 0, 10],
      ['pegEnjoyment', 0, 10],
      ['pegActivity', 0, 10],
      ['pgic', 1, 7],
    ]);
  });
});
