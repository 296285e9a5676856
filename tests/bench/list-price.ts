import { type Figure, rounded } from './figure.ts';

/** What a patient's year consists of, measured. */
export type MeasuredYear = {
  readonly emails: number;
  readonly answers: number;
  readonly drafts: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  /** Bytes, each for as much of a year as they are kept. */
  readonly storedByteYears: number;
  readonly countingBatches: number;
};

/** List prices of us-east-1 in USD, without free tiers, as docs/cost.md has them. */
const price = {
  email: 0.0001,
  writeUnit: 0.625e-6,
  readUnit: 0.125e-6,
  /** Stored and restorable to any moment. */
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

/** Taken from docs/cost.md, not measured here: kilobytes of a page, seconds and gigabytes of a call, log bytes. */
const assumed = {
  pageBytes: 7_000,
  draftBytes: 1_000,
  pageGigabytes: 1,
  otherGigabytes: 0.5,
  seconds: 0.03,
  logBytes: 24_000,
};

/** Pages: one and its answer for each survey answered, half of the emails opened by machines, some only looked at. */
const viewsOf = ({ answers, emails }: MeasuredYear): number => 2 * answers + (5 - answers) + emails / 2;

const requestsOf = (year: MeasuredYear): number => viewsOf(year) + year.drafts;

/** Two events of SES on each email, the batches that count, the emails themselves, the procedure. */
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

/** Takes a year of a patient alone and one of a patient among many, gives what a completed survey costs against SES. */
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
      `$${each(totalOf(alone))} against $${each(parts.ses)} for each of ${alone.answers} completed surveys, at list prices of us-east-1; ${rounded(totalOf(amongMany) / partsOf(amongMany).ses, 3)} x for a patient among many.`,
      `A patient's year, in millionths of a dollar: ${millionths.map((part) => part.join(' ')).join(', ')}.`,
      `Formula: emails x 100 + write units x 0.625 + read units x 0.125 + GB x 12 months x 0.45 + requests x (1 API + 1 CDN + 0.6 Lambda) + bytes x $0.085 per GB + ${rounded(otherCallsOf(alone), 0)} other calls x 0.4 + logs + 1 event. ${rounded(requestsOf(alone), 0)} requests: ${rounded(viewsOf(alone), 0)} pages, ${alone.drafts} drafts.`,
      'Measured: emails, answers, drafts, units, bytes stored. Assumed as in docs/cost.md: times of calls, log bytes, pages.',
    ],
  };
};
