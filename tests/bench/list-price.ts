import { type Figure, rounded } from './figure.ts';

/** A patient's measured year. */
export type MeasuredYear = {
  readonly emails: number;
  readonly answers: number;
  readonly drafts: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  /** Bytes stored, weighted with the part of the year that each is kept. */
  readonly storedByteYears: number;
  readonly countingBatches: number;
};

/** List prices of us-east-1 in USD without free tiers, from docs/cost.md. */
const price = {
  email: 0.0001,
  writeUnit: 0.625e-6,
  readUnit: 0.125e-6,
  /** Storage plus point-in-time recovery. */
  gigabyteMonth: 0.25 + 0.2,
  apiRequest: 1e-6,
  cdnRequest: 0.01 / 10_000,
  cdnGigabyte: 0.085,
  lambdaRequest: 0.2e-6,
  /** arm64. */
  lambdaGigabyteSecond: 13.3334e-6,
  busEvent: 1e-6,
  logGigabyte: 0.5,
};

/** Assumptions of docs/cost.md, not measured here. */
const assumed = {
  pageBytes: 7_000,
  draftBytes: 1_000,
  pageGigabytes: 1,
  otherGigabytes: 0.5,
  seconds: 0.03,
  logBytes: 24_000,
};

/** Page views: two for each answered survey, one for each of the other surveys, one by a machine for every second email. */
const viewsOf = ({ answers, emails }: MeasuredYear): number => 2 * answers + (5 - answers) + emails / 2;

const requestsOf = (year: MeasuredYear): number => viewsOf(year) + year.drafts;

/** Other invocations: for each email two SES events and its sending, each counting batch, and the procedure. */
const otherCallsOf = ({ emails, countingBatches }: MeasuredYear): number => 3 * emails + countingBatches + 1;

const callPrice = (gigabytes: number): number =>
  price.lambdaRequest + gigabytes * assumed.seconds * price.lambdaGigabyteSecond;

const partsOf = (year: MeasuredYear) => ({
  ses: year.emails * price.email,
  writes: year.writeUnits * price.writeUnit,
  reads: year.readUnits * price.readUnit,
  storage: (year.storedByteYears / 1e9) * 12 * price.gigabyteMonth,
  api: requestsOf(year) * price.apiRequest,
  cdn:
    requestsOf(year) * price.cdnRequest +
    ((viewsOf(year) * assumed.pageBytes + year.drafts * assumed.draftBytes) / 1e9) * price.cdnGigabyte,
  lambda:
    requestsOf(year) * callPrice(assumed.pageGigabytes) +
    otherCallsOf(year) * callPrice(assumed.otherGigabytes),
  logs: (assumed.logBytes / 1e9) * price.logGigabyte,
  events: price.busEvent,
});

const totalOf = (year: MeasuredYear): number =>
  Object.values(partsOf(year)).reduce((sum, part) => sum + part, 0);

/** Compares the list price of a completed survey with that of SES alone, for a lone patient and one among many. */
export const listPriceCost = (alone: MeasuredYear, amongMany: MeasuredYear): Figure => {
  const parts = partsOf(alone);
  const ratio = totalOf(alone) / parts.ses;
  const each = (usd: number): number => rounded(usd / alone.answers, 6);
  const millionths = Object.entries(parts).map(([part, usd]) => [part, rounded(usd * 1e6, 1)] as const);
  return {
    measured: `${rounded(ratio, 3)} x`,
    bar: 'at most 1.15 x SES alone',
    met: ratio <= 1.15,
    values: {
      ratio: rounded(ratio, 4),
      ratioAmongMany: rounded(totalOf(amongMany) / partsOf(amongMany).ses, 4),
      usdPerCompletedSurvey: each(totalOf(alone)),
      sesPerCompletedSurvey: each(parts.ses),
      ...Object.fromEntries(millionths.map(([part, usd]) => [`${part}MillionthsOfUsd`, usd])),
    },
    notes: [
      `$${each(totalOf(alone))} against $${each(parts.ses)} for each of ${alone.answers} completed surveys, at us-east-1 list prices; ${rounded(totalOf(amongMany) / partsOf(amongMany).ses, 3)} x for a patient among many.`,
      `A patient's year, in millionths of a dollar: ${millionths.map((part) => part.join(' ')).join(', ')}.`,
      `Formula: emails x 100 + write units x 0.625 + read units x 0.125 + GB x 12 months x 0.45 + requests x (1 API + 1 CDN + 0.6 Lambda) + bytes x $0.085 per GB + ${rounded(otherCallsOf(alone), 0)} other calls x 0.4 + logs + 1 event. ${rounded(requestsOf(alone), 0)} requests: ${rounded(viewsOf(alone), 0)} pages, ${alone.drafts} drafts.`,
      'Measured: emails, answers, drafts, units, bytes stored. Assumed as in docs/cost.md: call durations, log bytes, page views.',
    ],
  };
};
