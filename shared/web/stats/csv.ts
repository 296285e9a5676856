import { stringify } from 'csv-stringify/sync';
import { statsMessagesFor } from '../../messages/stats/messages.ts';
import type { PublicClaim, PublicRelease, ShownClaim } from '../../outcomes/release/release-schema.ts';
import { addDays, addOffset } from '../../platform/calendar.ts';
import type { Locale } from '../../platform/locale.ts';

type Column = readonly [
  string,
  (claim: PublicClaim, release: PublicRelease, locale: Locale) => string | number,
];

const whereShown =
  (value: (claim: ShownClaim, locale: Locale) => string | number): Column[1] =>
  (claim, _release, locale) =>
    claim.status === 'withheld' ? '' : value(claim, locale);

/** Months are given by their first and last day, since spreadsheets turn `2026-03` into an arbitrary date. */
const columns: readonly Column[] = [
  ['release', (_claim, { number }) => number],
  ['released_on', (_claim, { createdOn }) => createdOn],
  ['sample_data', (_claim, { synthetic }) => (synthetic ? 'yes' : 'no')],
  ['claim', ({ id }) => id],
  ['status', ({ status }) => status],
  [
    'name',
    ({ measure, scope }, _release, locale) => {
      const { claimName, measures, scopes } = statsMessagesFor(locale);
      return claimName(measures[measure], scopes[scope]);
    },
  ],
  ['sentence', whereShown(({ sentence }, locale) => sentence[locale])],
  ['rule', ({ rule }) => rule],
  ['percent', whereShown(({ percent }) => percent)],
  ['interval_low_percent', whereShown(({ interval }) => interval.low)],
  ['interval_high_percent', whereShown(({ interval }) => interval.high)],
  ['tier', whereShown(({ tier }) => tier)],
  ['answered', whereShown(({ answered }) => answered)],
  ['response_rate_percent_at_least', whereShown(({ responseRate }) => responseRate)],
  ['low_response', whereShown(({ lowResponse }) => (lowResponse ? 'yes' : 'no'))],
  ['worst_case_percent_at_least', whereShown(({ worstCase }) => worstCase)],
  ['timepoint', ({ timepoint }) => timepoint],
  ['treated_from', whereShown(({ period }) => `${period.from}-01`)],
  ['treated_to', whereShown(({ period }) => addDays(addOffset(`${period.to}-01`, { months: 1 }), -1))],
  ['figures_of_release', whereShown(({ asOfRelease }) => asOfRelease)],
  ['figures_of', whereShown(({ asOf }) => asOf)],
  ['footnote', whereShown(({ footnote }, locale) => footnote[locale])],
  [
    'why_not_shown',
    (claim, _release, locale) => (claim.status === 'withheld' ? claim.explanation[locale] : ''),
  ],
  ['definition_version', ({ version }) => version],
  ['definition_sha256', ({ definitionHash }) => definitionHash],
];

/**
 * Renders a release as CSV for spreadsheets, one row per claim including withheld ones: RFC 4180 with a UTF-8 byte order
 * mark, and cells that look like formulas escaped.
 */
export const renderCsv = (release: PublicRelease, locale: Locale): string =>
  stringify(
    [
      columns.map(([name]) => name),
      ...release.claims.map((claim) => columns.map(([, value]) => value(claim, release, locale))),
    ],
    { bom: true, record_delimiter: 'windows', escape_formulas: true },
  );
