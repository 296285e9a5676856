import type { PublicRelease } from '../../outcomes/release/release-schema.ts';
import type { Locale } from '../../platform/locale.ts';
import type { LocalDate } from '../../platform/time.ts';

/** Context of the page without figures. */
export type BareFrame = {
  readonly locale: Locale;
  readonly clinic: string;
};

/** Context of every part of the page with figures. */
export type StatsFrame = BareFrame & {
  /** Public address without a trailing slash. */
  readonly baseUrl: string;
  readonly release: PublicRelease;
  readonly digest: string;
  readonly today: LocalDate;
};
