import type { PublicRelease } from '../../outcomes/release/release-schema.ts';
import type { Locale } from '../../platform/locale.ts';
import type { LocalDate } from '../../platform/time.ts';

/** What the page without figures needs to know. */
export type BareFrame = {
  readonly locale: Locale;
  readonly clinic: string;
};

/** What every part of the page with figures needs to know. */
export type StatsFrame = BareFrame & {
  /** Public address without a slash at the end. */
  readonly baseUrl: string;
  readonly release: PublicRelease;
  readonly digest: string;
  readonly today: LocalDate;
};
