import type { ScaleItemId } from '../../protocol/instrument.ts';

/**
 * The query parameter with which a link in an email opens the survey with a number picked. Its name says nothing
 * to who reads the URL, and every patient's email has a link for every number.
 */
export const preselectParameter = 'a';

/** The item that such a link picks a number for. */
export const preselectedItem = 'nrsPain' satisfies ScaleItemId;

/** Takes the survey's URL and a number 0-10, gives the link that opens it with the number picked. */
export const withPreselection = (surveyUrl: string, value: number): string => {
  const link = new URL(surveyUrl);
  link.searchParams.set(preselectParameter, String(value));
  return link.href;
};

/**
 * Takes a query, gives the field value it picks: a whole number 0-10 for pain now, or nothing. Nothing is
 * recorded by it; email scanners open every link of an email.
 */
export const readPreselection = (
  query: Readonly<Record<string, string | undefined>>,
): Readonly<Partial<Record<typeof preselectedItem, string>>> => {
  const value = query[preselectParameter] ?? '';
  return /^(?:[0-9]|10)$/.test(value) ? { [preselectedItem]: value } : {};
};
