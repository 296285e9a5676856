import type { Locale } from '../../platform/locale.ts';

/** Context of every page besides its own content. */
export type PageFrame = {
  readonly locale: Locale;
  /** The path of the page, such as `/s/{token}`. Its forms post to it. */
  readonly path: string;
  readonly clinic: { readonly name: string; readonly phone: string };
  /** Paths of the pages behind the same email. Absent for an unknown link. */
  readonly links?: { readonly survey: string; readonly help: string; readonly unsubscribe: string };
  /** Id of the form that holds answers. Language is then switched by submitting it, so nothing entered is lost. */
  readonly formId?: string;
  /** True when patients are synthetic. Every page then says so. */
  readonly synthetic?: boolean;
};

/** The paths of the three pages behind a token. */
export const linksOf = (token: string): NonNullable<PageFrame['links']> => ({
  survey: `/s/${token}`,
  help: `/h/${token}`,
  unsubscribe: `/u/${token}`,
});
