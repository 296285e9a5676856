import type { FamilyId } from '../domain/families.ts';
import { itemsFor } from '../domain/instrument.ts';
import type { Locale } from '../domain/locale.ts';
import { localeFrom } from '../domain/locale.ts';
import type { Answers } from '../domain/response.ts';

/** Names in the survey form that are no items, and what a ticked box sends. */
export const formFields = { assisted: 'assisted', assistedValue: 'yes', lang: 'lang' } as const;

/** Field values by item id, as texts: what a form sent, or is to show. */
export type FieldValues = Readonly<Record<string, string>>;

/** What a posted survey form holds. `raw` is for `readAnswers`; it has everything that is not ours to take out. */
export type SurveyForm = {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly assisted: boolean;
  readonly locale: Locale | undefined;
};

/** Takes a parsed form body, gives its answers apart from the fields that are none. */
export const readSurveyForm = (body: Readonly<Record<string, unknown>>): SurveyForm => {
  const { [formFields.assisted]: assisted, [formFields.lang]: lang, ...raw } = body;
  return {
    raw,
    assisted: assisted === formFields.assistedValue,
    locale: typeof lang === 'string' ? localeFrom(lang) : undefined,
  };
};

/** Takes raw values and a family, gives the texts among its items: what a page with errors shows again. */
export const keptValues = (raw: Readonly<Record<string, unknown>>, family: FamilyId): FieldValues => {
  const given = new Map(Object.entries(raw));
  return Object.fromEntries(
    itemsFor(family).flatMap(({ id }) => {
      const value = given.get(id);
      return typeof value === 'string' ? [[id, value.slice(0, 40)]] : [];
    }),
  );
};

/** Takes stored answers, gives the field values that show them. */
export const valuesOf = (answers: Answers): FieldValues =>
  Object.fromEntries(Object.entries(answers).map(([id, value]) => [id, String(value)]));
