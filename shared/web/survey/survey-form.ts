import type { FormTraces } from '../../care/survey/submission-quality.ts';
import { type Locale, localeFrom } from '../../platform/locale.ts';
import { isUtcInstant, type UtcInstant } from '../../platform/time.ts';
import type { FamilyId } from '../../protocol/families.ts';
import { type Answers, itemsFor } from '../../protocol/instrument.ts';

/** Names of the form fields that are not survey items, and the values of those with a fixed one. */
export const formFields = {
  assisted: 'assisted',
  assistedValue: 'yes',
  lang: 'lang',
  /** The question about warning signs: `yes` or `no`. */
  signs: 'signs',
  /** When the page was rendered. A form sent right away cannot have been read. */
  shown: 'shown',
  /** Honeypot: invisible to people, so only machines fill it in. */
  trap: 'more',
  /** Sent by the script to save a draft. */
  draft: 'draft',
  draftValue: '1',
  /** Sent by the button that shows the page again in another language. */
  language: 'language',
  /** Sent by the page that asks a person to confirm the answers. */
  confirm: 'confirm',
  confirmValue: '1',
  sure: 'sure',
  sureValue: 'yes',
} as const;

/** Field values by item id, as sent or to be shown. */
export type FieldValues = Readonly<Record<string, string>>;

/** A posted survey form. `raw` has every field but those in `formFields` and is input for `readAnswers`. */
export type SurveyForm = {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly assisted: boolean;
  /** `unreadable`: a value that our form never sends. */
  readonly signs: 'yes' | 'no' | 'unreadable' | undefined;
  readonly locale: Locale | undefined;
  readonly traces: FormTraces;
  readonly isDraft: boolean;
  /** The language to show the page in again. */
  readonly switchTo: Locale | undefined;
  /** Present when the form comes from the confirmation page: whether its box was ticked. */
  readonly confirmation: 'ticked' | 'unticked' | undefined;
};

const shownAtOf = (shown: unknown): UtcInstant | undefined =>
  typeof shown === 'string' && isUtcInstant(shown) ? shown : undefined;

const localeOf = (value: unknown): Locale | undefined =>
  typeof value === 'string' ? localeFrom(value) : undefined;

const signsOf = (value: unknown): SurveyForm['signs'] => {
  if (value === undefined || value === '') return undefined;
  return value === 'yes' || value === 'no' ? value : 'unreadable';
};

/** Separates the answers in a parsed form body from the other fields. */
export const readSurveyForm = (body: Readonly<Record<string, unknown>>): SurveyForm => {
  const {
    [formFields.assisted]: assisted,
    [formFields.lang]: lang,
    [formFields.signs]: signs,
    [formFields.shown]: shown,
    [formFields.trap]: trap,
    [formFields.draft]: draft,
    [formFields.language]: language,
    [formFields.confirm]: confirm,
    [formFields.sure]: sure,
    ...raw
  } = body;
  const ticked = sure === formFields.sureValue ? 'ticked' : 'unticked';
  return {
    raw,
    assisted: assisted === formFields.assistedValue,
    signs: signsOf(signs),
    locale: localeOf(lang),
    traces: { shownAt: shownAtOf(shown), isTrapFilled: trap !== undefined && trap !== '' },
    isDraft: draft === formFields.draftValue,
    switchTo: localeOf(language),
    confirmation: confirm === undefined ? undefined : ticked,
  };
};

/** The values of a family's items to show again on a page with errors, each cut to 40 characters. */
export const shownAgain = (raw: Readonly<Record<string, unknown>>, family: FamilyId): FieldValues => {
  const values = new Map(Object.entries(raw));
  return Object.fromEntries(
    itemsFor(family).flatMap(({ id }) => {
      const value = values.get(id);
      return typeof value === 'string' ? [[id, value.slice(0, 40)]] : [];
    }),
  );
};

/** Field values for stored answers. */
export const valuesOf = (answers: Answers): FieldValues =>
  Object.fromEntries(Object.entries(answers).map(([id, value]) => [id, String(value)]));
