import { describe, expect, it } from 'vitest';
import { mutantsIn, mutated } from '../../mutations/mutants.ts';
import { sampleOf } from '../../mutations/sample.ts';

const changesOf = (text: string) =>
  mutantsIn(new Map([['module.tsx', text]])).map(({ from, to }) => `${from} -> ${to}`);

describe('the mutants of a module', () => {
  it.each([
    ['a comparison', 'a > b', ['> -> >=']],
    ['a sum with a number', 'a + 1', ['+ -> -', '1 -> 2']],
    ['a negation', '!a', ['!a -> a']],
    ['a choice', 'a ? b : c', ['a -> !(a)']],
    ['a default', 'a ?? b', ['?? -> &&']],
    ['a method', 'list.some(f)', ['some -> every']],
    ['a unit of time', 'Duration.minutes(x)', ['minutes -> hours']],
    ['a comparison of an alarm', 'Op.LESS_THAN_THRESHOLD', ['LESS_THAN_THRESHOLD -> GREATER_THAN_THRESHOLD']],
    ['a yes', 'f(true)', ['true -> false']],
    ['a word', "f('referer')", ["'referer' -> 'eferer'"]],
    ['a sentence', "f('No such claim')", []],
    ['members of an object', '({ a, b: c })', ['a,  -> ', ', b: c -> ']],
    ['the only member of an object', '({ a })', []],
    ['members of a list', '[a, ...b]', ['a,  -> ', ', ...b -> ']],
    ['the class of an element', "<p class='a' id={b} />", []],
  ])('%s', (_, expression, expected) => {
    expect(changesOf(`export const one = ${expression};`).toSorted()).toEqual(expected.toSorted());
  });

  it('take out a statement that only does something', () => {
    expect(changesOf('const f = () => { save(a); return b; };')).toEqual(['save(a); -> ;']);
  });

  it('leave types and imports alone', () => {
    expect(
      changesOf("import { a } from './module.ts';\ntype Small = 1 | 'two';\nexport * from './x.ts';"),
    ).toEqual([]);
  });

  it('change one thing each, all of them different, each with its line', () => {
    const text =
      'export const isOver = (x: number, n: number): boolean =>\n  100 * x > 90 * n && !(n < 1);\n';
    const mutants = mutantsIn(new Map([['module.ts', text]]));
    expect(new Set([...mutants.map((mutant) => mutated(text, mutant)), text]).size).toBe(mutants.length + 1);
    expect(new Set(mutants.map(({ line }) => line))).toEqual(new Set([2]));
  });
});

describe('a sample of mutants', () => {
  const mutants = mutantsIn(new Map([['module.ts', `export const all = [${'1 + 2, '.repeat(30)}];`]]));

  it('is the same for the same seed, and another one for another', () => {
    expect(sampleOf(mutants, 10, 'a')).toEqual(sampleOf(mutants, 10, 'a'));
    expect(sampleOf(mutants, 10, 'a')).not.toEqual(sampleOf(mutants, 10, 'b'));
  });

  it('grows without changing what was drawn before', () => {
    expect(sampleOf(mutants, 20, 'a').slice(0, 10)).toEqual(sampleOf(mutants, 10, 'a'));
  });
});
