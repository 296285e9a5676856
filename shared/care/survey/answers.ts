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

/** What can be wrong with an answer. */
export const problemKinds = [
  'required',
  'not-a-choice',
  'not-a-whole-number',
  'out-of-range',
  'only-if-better',
  'unknown-item',
] as const;

export type ProblemKind = (typeof problemKinds)[number];

/** `item` is an item id, or the name that was sent where it is none of ours. */
export type AnswerProblem = { readonly item: string; readonly problem: ProblemKind };

export type ReadAnswers =
  | { readonly outcome: 'valid'; readonly answers: Answers }
  | { readonly outcome: 'invalid'; readonly problems: readonly AnswerProblem[] };

/** Field values by item id, as a form sends them. */
type FieldTexts = Readonly<Record<string, string>>;

type NumberItem = Exclude<Item, ChangeItem>;

type Reading<T> =
  | { readonly outcome: 'none' }
  | { readonly outcome: 'value'; readonly value: T }
  | { readonly outcome: 'problem'; readonly problem: ProblemKind };

const none = { outcome: 'none' } as const;

/** A form sends an empty text for an empty box. */
const isAbsent = (raw: unknown): boolean => raw === undefined || raw === '';

const isChange = (raw: unknown): raw is Change => changes.some((choice) => choice === raw);

const readChange = (raw: unknown): Reading<Change> => {
  if (isAbsent(raw)) return none;
  return isChange(raw) ? { outcome: 'value', value: raw } : { outcome: 'problem', problem: 'not-a-choice' };
};

/** Digits only, as a patient writes a number: no sign, space, point, exponent or leading zero. */
const wholeNumber = /^(?:0|[1-9][0-9]*)$/;

/** The field takes 8 characters; a longer text is not from it, and matching one could take long. */
const maxPercentLength = 40;

/**
 * A percentage is typed, so what a person writes around the digits is not a mistake: spaces, zeros in front, a percent
 * sign or a full stop behind them, or digits of double width.
 */
const typedPercent = (raw: string): string =>
  raw.length > maxPercentLength ? raw : (/^\s*0*(\d+)\s*[%.]?\s*$/.exec(raw.normalize('NFKC'))?.[1] ?? raw);

const readNumber = (raw: unknown, item: NumberItem): Reading<number> => {
  if (isAbsent(raw)) return none;
  const text = item.kind === 'percent' && typeof raw === 'string' ? typedPercent(raw) : raw;
  if (item.kind === 'percent' && typeof raw === 'string' && raw.trim() === '') return none;
  if (typeof text !== 'string' || !wholeNumber.test(text)) {
    return { outcome: 'problem', problem: item.kind === 'percent' ? 'not-a-whole-number' : 'not-a-choice' };
  }
  const value = Number(text);
  return value >= item.min && value <= item.max
    ? { outcome: 'value', value }
    : { outcome: 'problem', problem: 'out-of-range' };
};

/**
 * Applies the rules that depend on the direction answered before: an item that is not asked must have no answer, one
 * that is asked and required must have one. Without a usable direction neither can be decided.
 */
const settle = <T>(item: Item, reading: Reading<T>, condition: Change | undefined): Reading<T> => {
  const isAsked = item.onlyWhen === undefined || item.onlyWhen.condition === condition;
  if (isAsked) {
    return item.required && reading.outcome === 'none'
      ? { outcome: 'problem', problem: 'required' }
      : reading;
  }
  return condition === undefined || reading.outcome === 'none'
    ? reading
    : { outcome: 'problem', problem: 'only-if-better' };
};

/**
 * Reads the raw values of a survey by item id, as a form sends them (texts), for a family. Returns typed answers, or
 * every problem found: at most one per item, in the order of the items. Strict: a value that is not exactly one of the
 * choices, or not a whole number in range, is a problem and never a guess; so is a percentage beside "worse" or
 * "same", and a name that is no item of this family.
 */
export const readAnswers = (raw: Readonly<Record<string, unknown>>, family: FamilyId): ReadAnswers => {
  const unread = new Map(Object.entries(raw).filter(([, value]) => value !== undefined));
  const changed: Partial<Record<ChangeItemId, Change>> = {};
  const numbers: Partial<Record<NumberItemId, number>> = {};
  const problems: AnswerProblem[] = [];

  const accept = <T>(item: Item, reading: Reading<T>): T | undefined => {
    unread.delete(item.id);
    const settled = settle(item, reading, changed.condition);
    if (settled.outcome === 'problem') problems.push({ item: item.id, problem: settled.problem });
    return settled.outcome === 'value' ? settled.value : undefined;
  };
  for (const item of itemsFor(family)) {
    if (item.kind === 'change') {
      const value = accept(item, readChange(unread.get(item.id)));
      if (value !== undefined) changed[item.id] = value;
    } else {
      const value = accept(item, readNumber(unread.get(item.id), item));
      if (value !== undefined) numbers[item.id] = value;
    }
  }
  for (const name of unread.keys()) problems.push({ item: name, problem: 'unknown-item' });

  const { condition, ...otherChanges } = changed;
  if (condition === undefined || problems.length > 0) return { outcome: 'invalid', problems };
  return { outcome: 'valid', answers: { condition, ...otherChanges, ...numbers } };
};

const isUsable = (item: Item, raw: unknown): raw is string =>
  (item.kind === 'change' ? readChange(raw) : readNumber(raw, item)).outcome === 'value';

/**
 * Returns those raw values of an unfinished survey that would be valid answers, or undefined when something cannot come
 * from our form: an unknown name, a choice that is not offered. A percentage that is not valid yet is left out: it is
 * still being typed.
 */
export const readUnfinished = (
  raw: Readonly<Record<string, unknown>>,
  family: FamilyId,
): FieldTexts | undefined => {
  const unread = new Map(Object.entries(raw).filter(([, value]) => !isAbsent(value)));
  const usable: (readonly [string, string])[] = [];
  for (const item of itemsFor(family)) {
    const value = unread.get(item.id);
    if (isUsable(item, value)) usable.push([item.id, value]);
    if (isUsable(item, value) || item.kind === 'percent') unread.delete(item.id);
  }
  return unread.size === 0 ? Object.fromEntries(usable) : undefined;
};
