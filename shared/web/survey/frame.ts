import type { Locale } from '../../platform/locale.ts';

/** What every page needs to know besides its own content. */
export type PageFrame = {
  readonly locale: Locale;
  /** The path that the page is served at, `/s/{token}`: its forms post to it. */
  readonly path: string;
  /** What to keep of the query when the language is switched: a picked number, `change`. */
  readonly query?: Readonly<Record<string, string>>;
  readonly clinic: { readonly name: string; readonly phone: string };
  /** Paths of the other pages of the same email; none for a link that is not known. */
  readonly links?: { readonly survey: string; readonly help: string; readonly unsubscribe: string };
  /** The page's form with answers in it: the language is then switched by a button of that form, and nothing is lost. */
  readonly formId?: string;
  /** True where patients are made up: each page then says so. */
  readonly synthetic?: boolean;
};

/** Takes a token, gives the paths of its three pages. */
export const linksOf = (token: string): NonNullable<PageFrame['links']> => ({
  survey: `/s/${token}`,
  help: `/h/${token}`,
  unsubscribe: `/u/${token}`,
});
