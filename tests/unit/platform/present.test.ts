import { expect, expectTypeOf, it } from 'vitest';
import { present } from '../../../shared/platform/present.ts';

type Person = { readonly id: string; readonly note?: string; readonly age?: number };

const personOf = (id: string, note: string | undefined, age: number | undefined): Person => ({
  id,
  ...present({ note, age }),
});

it('keeps every value but undefined, falsy ones too', () => {
  expect(Object.entries(present({ a: 0, b: '', c: false, d: null, e: undefined, f: [] }))).toEqual([
    ['a', 0],
    ['b', ''],
    ['c', false],
    ['d', null],
    ['f', []],
  ]);
});

it('leaves no key behind for what is undefined', () => {
  expect(Object.keys(personOf('p-1', undefined, 41))).toEqual(['id', 'age']);
  expect(Object.keys(personOf('p-1', undefined, undefined))).toEqual(['id']);
});

it('leaves its argument as it was', () => {
  const given = { a: undefined, b: 1 };
  present(given);
  expect(Object.keys(given)).toEqual(['a', 'b']);
});

it('makes every property optional and none undefined', () => {
  const note: string | undefined = ['x'].at(0);
  expectTypeOf(present({ note })).toEqualTypeOf<{ note?: string }>();
  expectTypeOf(present({ kind: 'a' as const })).toEqualTypeOf<{ kind?: 'a' }>();
});
