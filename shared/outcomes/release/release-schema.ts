import * as z from 'zod';
import { addOffset } from '../../platform/calendar.ts';
import { guardedText } from '../../platform/guarded-text.ts';
import { isCohortMonth, isLocalDate, type LocalDate, timepoints } from '../../platform/time.ts';
import { familyIds } from '../../protocol/families.ts';
import { measureIds } from '../../protocol/measures.ts';
import { funnelCounters } from '../cells/contribution.ts';

const month = z
  .string()
  .regex(/^\d{4}-\d{2}$/)
  .pipe(guardedText(isCohortMonth));

const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .pipe(guardedText(isLocalDate));

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const percent = z.int().min(0).max(100);

const count = z.int().min(0);

const texts = z.strictObject({ en: z.string(), es: z.string() }).readonly();

const period = z.strictObject({ from: month, to: month }).readonly();

const identity = {
  id: z.string(),
  version: z.int().min(1),
  /** SHA-256 of the definition in canonical form (RFC 8785). */
  definitionHash: digest,
  scope: z.enum([...familyIds, 'overall']),
  timepoint: z.enum(timepoints),
  measure: z.enum(measureIds),
  rule: z.enum(['over', 'floor']),
  /** Claims of one group have the same denominator. */
  group: z.string(),
  /** The id of the wider claim that includes every patient this claim counts. */
  nestedIn: z.string().nullable(),
} as const;

/** What is published about a claim. All percentages are whole, and neither `percent` nor `worstCase` is rounded up. */
const shown = {
  ...identity,
  /** The release the figures come from: this one, or an earlier one for a held claim. */
  asOfRelease: z.int().min(1),
  asOf: date,
  /** First and last month of treatment. */
  period,
  percent,
  tier: z.enum(['general', 'descriptive']),
  /** The number of answers as a band, such as `100-199`. */
  answered: z.string(),
  /** In percent of all eligible patients, rounded down to a step of 5. */
  responseRate: percent,
  lowResponse: z.boolean(),
  /** Covers the 95% Wilson interval of every x and n that would be shown this way, in whole percent. */
  interval: z.strictObject({ low: percent, high: percent }).readonly(),
  /** The share of all eligible patients if no other patient had the outcome, in percent, rounded down. */
  worstCase: percent,
  sentence: texts,
  footnote: texts,
} as const;

const shownClaim = z.strictObject({ status: z.enum(['published', 'held']), ...shown }).readonly();

const withheldClaim = z
  .strictObject({
    status: z.literal('withheld'),
    ...identity,
    /** Deliberately vague: naming the small count would reveal how small it is. */
    reason: z.enum(['not-enough-answers', 'not-yet-due']),
    explanation: texts,
  })
  .readonly();

/** The public part of a release. */
export const publicReleaseSchema = z
  .strictObject({
    number: z.int().min(1),
    createdOn: date,
    /** True when the patients behind the figures are synthetic. */
    synthetic: z.boolean(),
    methodVersion: z.string(),
    /** Digest of the previous release, which makes a changed or dropped release evident. */
    previousDigest: digest.nullable(),
    claims: z.array(z.discriminatedUnion('status', [shownClaim, withheldClaim])).readonly(),
  })
  .readonly();

/** What a certificate adds to the figures, over the same months: the funnel, and the counts by other definitions. */
const evidence = z
  .strictObject({
    period,
    funnel: z.array(z.strictObject({ stage: z.enum(funnelCounters), count }).readonly()).readonly(),
    strip: z.array(z.strictObject({ measure: z.enum(measureIds), x: count, n: count }).readonly()).readonly(),
  })
  .readonly();

/** The counts behind a release. Never published: they decide about the next release and account for this one. */
export const releaseBasisSchema = z
  .strictObject({
    groups: z
      .array(
        z
          .strictObject({
            group: z.string(),
            asOfRelease: z.int().min(1),
            /** Whether any release ever showed a figure of this group. */
            everShown: z.boolean(),
            eligible: count,
            responded: count,
            months: z.array(z.strictObject({ month, answered: count }).readonly()).readonly(),
            /** Absent from releases older than certificates. */
            evidence: evidence.exactOptional(),
          })
          .readonly(),
      )
      .readonly(),
    claims: z
      .array(
        z
          .strictObject({
            id: z.string(),
            x: count,
            n: count,
            /** `publishable`, or why the claim is withheld or not updated. */
            decision: z.string(),
          })
          .readonly(),
      )
      .readonly(),
    /** Version and commit of the code that assembled it. */
    codeVersion: z.string().exactOptional(),
  })
  .readonly();

/** A release as stored: the public part, its digest, and the counts behind it. */
export const releaseSchema = z
  .strictObject({ public: publicReleaseSchema, digest, basis: releaseBasisSchema })
  .readonly();

export type PublicRelease = z.infer<typeof publicReleaseSchema>;

export type PublicClaim = PublicRelease['claims'][number];

export type ShownClaim = z.infer<typeof shownClaim>;

export type WithheldClaim = z.infer<typeof withheldClaim>;

export type ReleaseBasis = z.infer<typeof releaseBasisSchema>;

export type GroupBasis = ReleaseBasis['groups'][number];

export type ClaimBasis = ReleaseBasis['claims'][number];

export type Release = z.infer<typeof releaseSchema>;

/**
 * True when the figures of a claim are 12 months old or older. A new release would then share no month of treatment
 * with them.
 */
export const isStale = ({ asOf }: Pick<ShownClaim, 'asOf'>, today: LocalDate): boolean =>
  addOffset(asOf, { months: 12 }) <= today;
