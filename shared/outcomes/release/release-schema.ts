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

const about = {
  id: z.string(),
  version: z.int().min(1),
  /** SHA-256 of the definition's canonical form. */
  definitionHash: digest,
  scope: z.enum([...familyIds, 'overall']),
  timepoint: z.enum(timepoints),
  measure: z.enum(measureIds),
  rule: z.enum(['over', 'floor']),
  /** Claims of one group have the same patients below the line. */
  group: z.string(),
  /** The claim that this one's patients are all among. */
  nestedIn: z.string().nullable(),
} as const;

/** What is shown of a claim. All percentages are whole; `over` and worst case are never rounded up. */
const shown = {
  ...about,
  /** The release whose figures these are: this one, or the earlier one that a held claim is kept from. */
  asOfRelease: z.int().min(1),
  asOf: date,
  /** Months of treatment, first and last. */
  period,
  percent,
  tier: z.enum(['general', 'descriptive']),
  /** How many answered, as a band: `100-199`. */
  answered: z.string(),
  /** Of all eligible, in percent, rounded down to a step of 5. */
  responseRate: percent,
  lowResponse: z.boolean(),
  /** Around the Wilson intervals at 95% of every x and n that would be shown so; whole percent. */
  interval: z.strictObject({ low: percent, high: percent }).readonly(),
  /** The least share of all eligible, if nobody else had the outcome; rounded down. */
  worstCase: percent,
  sentence: texts,
  footnote: texts,
} as const;

const shownClaim = z.strictObject({ status: z.enum(['published', 'held']), ...shown }).readonly();

const withheldClaim = z
  .strictObject({
    status: z.literal('withheld'),
    ...about,
    /** Deliberately vague: which count is small would say how small it is. */
    reason: z.enum(['not-enough-answers', 'not-yet-due']),
    explanation: texts,
  })
  .readonly();

/** What anybody may see of a release. */
export const publicReleaseSchema = z
  .strictObject({
    number: z.int().min(1),
    createdOn: date,
    /** True when the patients behind it were made up. */
    synthetic: z.boolean(),
    methodVersion: z.string(),
    /** Digest of the release before, so that none can be changed or dropped unnoticed. */
    previousDigest: digest.nullable(),
    claims: z.array(z.discriminatedUnion('status', [shownClaim, withheldClaim])).readonly(),
  })
  .readonly();

/** What a certificate tells beyond the figures, over the same months: who got how far, and other definitions. */
const evidence = z
  .strictObject({
    period,
    funnel: z.array(z.strictObject({ stage: z.enum(funnelCounters), count }).readonly()).readonly(),
    strip: z.array(z.strictObject({ measure: z.enum(measureIds), x: count, n: count }).readonly()).readonly(),
  })
  .readonly();

/** The counts behind a release. Never shown: kept to decide about the next one, and to answer for this one. */
export const releaseBasisSchema = z
  .strictObject({
    groups: z
      .array(
        z
          .strictObject({
            group: z.string(),
            asOfRelease: z.int().min(1),
            /** Whether any release ever showed a figure of it. */
            everShown: z.boolean(),
            eligible: count,
            responded: count,
            months: z.array(z.strictObject({ month, answered: count }).readonly()).readonly(),
            /** Absent from releases made before certificates were. */
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
            /** `publishable`, or why it is not shown or not moved. */
            decision: z.string(),
          })
          .readonly(),
      )
      .readonly(),
    /** Version and commit of the code that assembled it. */
    codeVersion: z.string().exactOptional(),
  })
  .readonly();

/** A release as it is stored: what is shown, its digest, and the counts behind it. */
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
 * Takes a claim and a date, says whether the claim is too old to be used: its figures were made a year ago or
 * more, so a new release would share no month of treatment with it.
 */
export const isStale = ({ asOf }: Pick<ShownClaim, 'asOf'>, today: LocalDate): boolean =>
  addOffset(asOf, { months: 12 }) <= today;
