import type { ScaleItemId } from '../../protocol/instrument.ts';

/**
 * The query parameter of an email's link that opens the survey with a number preselected. The name reveals nothing in a
 * URL, and every patient's email has a link for every number.
 */
export const preselectParameter = 'a';

/** The item that such a link preselects. */
export const preselectedItem = 'nrsPain' satisfies ScaleItemId;

/** Returns the link that opens a survey with a number 0-10 preselected. */
export const withPreselection = (surveyUrl: string, value: number): string => {
  const link = new URL(surveyUrl);
  link.searchParams.set(preselectParameter, String(value));
  return link.href;
};

/**
 * Returns the field value that a query preselects: a whole number 0-10 for current pain, or nothing. It records
 * nothing, because email scanners open every link of an email. Email programs append what ends a sentence.
 */
export const readPreselection = (
  query: Readonly<Record<string, string | undefined>>,
): Readonly<Partial<Record<typeof preselectedItem, string>>> => {
  const [, value] = /^([0-9]|10)(?:[^\w-].*)?$/s.exec(query[preselectParameter] ?? '') ?? [];
  return value === undefined ? {} : { [preselectedItem]: value };
};
