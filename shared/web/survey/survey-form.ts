import type { FormTraces } from '../../care/survey/submission-quality.ts';
import { type Locale, localeFrom } from '../../platform/locale.ts';
import { isUtcInstant, type UtcInstant } from '../../platform/time.ts';
import type { FamilyId } from '../../protocol/families.ts';
import { type Answers, itemsFor } from '../../protocol/instrument.ts';

/** Names in the survey form that are no items, and what those with one value send. */
export const formFields = {
  assisted: 'assisted',
  assistedValue: 'yes',
  lang: 'lang',
  /** The question about warning signs: `yes` or `no`. */
  signs: 'signs',
  /** When the page was made: what comes back at once was not read. */
  shown: 'shown',
  /** Not seen by people; who fills it is none. */
  trap: 'more',
  /** Sent by the script: keep this, it is not sent yet. */
  draft: 'draft',
  draftValue: '1',
  /** Sent by the button that shows the page again in another language. */
  language: 'language',
  /** Sent by the page that asks whether a person stands behind the answers. */
  confirm: 'confirm',
  confirmValue: '1',
  sure: 'sure',
  sureValue: 'yes',
} as const;

/** Field values by item id, as texts: what a form sent, or is to show. */
export type FieldValues = Readonly<Record<string, string>>;

/** What a posted survey form holds. `raw` is for `readAnswers`; it has everything that is not ours to take out. */
export type SurveyForm = {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly assisted: boolean;
  /** `unreadable`: something that our form does not send. */
  readonly signs: 'yes' | 'no' | 'unreadable' | undefined;
  readonly locale: Locale | undefined;
  readonly traces: FormTraces;
  readonly isDraft: boolean;
  /** The language that the page is to be shown again in. */
  readonly switchTo: Locale | undefined;
  /** It comes from the page that asks for a confirmation, with its box ticked or not. */
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

/** Takes a parsed form body, gives its answers apart from the fields that are none. */
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
