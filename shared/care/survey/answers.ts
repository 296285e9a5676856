import type { FamilyId } from '../../protocol/families.ts';
import {
  type Answers,
  type Change,
  type ChangeItem,
  type ChangeItemId,
  changes,
  type Item,
  itemsFor,
  type NumberItemId,
} from '../../protocol/instrument.ts';

/** What can be wrong with one answer. */
export const problemKinds = [
  'required',
  'not-a-choice',
  'not-a-whole-number',
  'out-of-range',
  'only-if-better',
  'unknown-item',
] as const;

export type ProblemKind = (typeof problemKinds)[number];

/** `item` is an item id, or the name that came in when it is none of ours. */
export type AnswerProblem = { readonly item: string; readonly problem: ProblemKind };

export type ReadAnswers =
  | { readonly status: 'valid'; readonly answers: Answers }
  | { readonly status: 'invalid'; readonly problems: readonly AnswerProblem[] };

/** Field values by item id, as a form has them. */
type FieldTexts = Readonly<Record<string, string>>;

type NumberItem = Exclude<Item, ChangeItem>;

type Reading<T> =
  | { readonly reading: 'none' }
  | { readonly reading: 'value'; readonly value: T }
  | { readonly reading: 'problem'; readonly problem: ProblemKind };

const none = { reading: 'none' } as const;

/** A form sends an empty text for a box left empty. */
const isAbsent = (raw: unknown): boolean => raw === undefined || raw === '';

const isChange = (raw: unknown): raw is Change => changes.some((choice) => choice === raw);

const readChange = (raw: unknown): Reading<Change> => {
  if (isAbsent(raw)) return none;
  return isChange(raw) ? { reading: 'value', value: raw } : { reading: 'problem', problem: 'not-a-choice' };
};

/** Digits only, as a patient writes a number: no sign, space, point, exponent or leading zero. */
const wholeNumber = /^(?:0|[1-9][0-9]*)$/;

const readNumber = (raw: unknown, item: NumberItem): Reading<number> => {
  if (isAbsent(raw)) return none;
  if (typeof raw !== 'string' || !wholeNumber.test(raw)) {
    return { reading: 'problem', problem: item.kind === 'percent' ? 'not-a-whole-number' : 'not-a-choice' };
  }
  const value = Number(raw);
  return value >= item.min && value <= item.max
    ? { reading: 'value', value }
    : { reading: 'problem', problem: 'out-of-range' };
};

/**
 * Takes what was read for an item and the direction given before it. An item that is not asked must have no
 * answer; one that is asked and required must have one. With no usable direction neither can be said.
 */
const settle = <T>(item: Item, reading: Reading<T>, condition: Change | undefined): Reading<T> => {
  const isAsked = item.onlyWhen === undefined || item.onlyWhen.condition === condition;
  if (isAsked) {
    return item.required && reading.reading === 'none'
      ? { reading: 'problem', problem: 'required' }
      : reading;
  }
  return condition === undefined || reading.reading === 'none'
    ? reading
    : { reading: 'problem', problem: 'only-if-better' };
};

/**
 * Takes the raw values of a survey by item id, as a form sends them (texts), and the family it was sent for.
 * Gives typed answers, or every problem found, at most one for each item, in the order asked. Strict: a value
 * that is not exactly one of the choices, or not exactly a whole number in range, is a problem and never a
 * guess; so is a percentage beside "worse" or "same", and a name that is no item of this family.
 */
export const readAnswers = (raw: Readonly<Record<string, unknown>>, family: FamilyId): ReadAnswers => {
  const given = new Map(Object.entries(raw).filter(([, value]) => value !== undefined));
  const changed: Partial<Record<ChangeItemId, Change>> = {};
  const numbers: Partial<Record<NumberItemId, number>> = {};
  const problems: AnswerProblem[] = [];

  const accept = <T>(item: Item, reading: Reading<T>): T | undefined => {
    given.delete(item.id);
    const settled = settle(item, reading, changed.condition);
    if (settled.reading === 'problem') problems.push({ item: item.id, problem: settled.problem });
    return settled.reading === 'value' ? settled.value : undefined;
  };
  for (const item of itemsFor(family)) {
    if (item.kind === 'change') {
      const value = accept(item, readChange(given.get(item.id)));
      if (value !== undefined) changed[item.id] = value;
    } else {
      const value = accept(item, readNumber(given.get(item.id), item));
      if (value !== undefined) numbers[item.id] = value;
    }
  }
  for (const name of given.keys()) problems.push({ item: name, problem: 'unknown-item' });

  const { condition, ...otherChanges } = changed;
  if (condition === undefined || problems.length > 0) return { status: 'invalid', problems };
  return { status: 'valid', answers: { condition, ...otherChanges, ...numbers } };
};

const isUsable = (item: Item, raw: unknown): raw is string =>
  (item.kind === 'change' ? readChange(raw) : readNumber(raw, item)).reading === 'value';

/**
 * Takes the raw values of a survey that is not finished and its family, gives those that would be answers, or
 * undefined when something in it cannot come from our form: an unknown name, a choice that is not offered. A
 * percentage that is not one yet is left out, for it is typed.
 */
export const readUnfinished = (
  raw: Readonly<Record<string, unknown>>,
  family: FamilyId,
): FieldTexts | undefined => {
  const given = new Map(Object.entries(raw).filter(([, value]) => !isAbsent(value)));
  const usable: (readonly [string, string])[] = [];
  for (const item of itemsFor(family)) {
    const value = given.get(item.id);
    if (isUsable(item, value)) usable.push([item.id, value]);
    if (isUsable(item, value) || item.kind === 'percent') given.delete(item.id);
  }
  return given.size === 0 ? Object.fromEntries(usable) : undefined;
};
