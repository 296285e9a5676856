import { digestOf } from '../../platform/digest.ts';
import { measures } from '../../protocol/measures.ts';
import type { ClaimDefinition } from '../claims/claim-definitions.ts';
import { type Interval, wilson, worstAndBestCase } from '../claims/statistics.ts';
import { minCount, ruleResultsOf, type SmallReason } from '../disclosure/disclosure.ts';
import type { ClaimBasis, GroupBasis, PublicClaim, PublicRelease, Release } from './release-schema.ts';

/** What a certificate says of the claim and its release without any count: all of it is public. */
type CertificateHead = {
  readonly claim: PublicClaim;
  /** What the hash stands for: the words, the patients, the months, the rule, the minimums. */
  readonly definition: ClaimDefinition;
  readonly measure: { readonly label: string; readonly source: string };
  readonly release: {
    readonly number: number;
    readonly createdOn: string;
    readonly digest: string;
    readonly synthetic: boolean;
    readonly methodVersion: string;
  };
};

/** For anybody: nothing in it that the public release does not say. */
export type PublicCertificate = CertificateHead & {
  readonly kind: 'public';
  /** The other claims shown of the same patients: the same question by another definition. */
  readonly strip: readonly { readonly id: string; readonly label: string; readonly percent: number }[];
};

/** A rule of disclosure and whether it is met; one that was not come to is not in the list. */
export type RuleResult = {
  readonly rule: SmallReason | 'enough-new' | 'none-or-enough-left' | 'disclosure-attack';
  readonly met: boolean;
};

/** A count by another definition. Not `mayBeTold`: it, or its distance to the wider one, is too small to pass on. */
export type StripEntry = {
  readonly label: string;
  readonly x: number;
  readonly n: number;
  readonly mayBeTold: boolean;
};

/** For those who answer for the figures, inside the clinic: the exact counts. Never to be passed on. */
export type InternalCertificate = CertificateHead & {
  readonly kind: 'internal';
  /** The release whose counts these are; an older one when the claim was held. */
  readonly countsOfRelease: number | undefined;
  readonly codeVersion: string | undefined;
  readonly decision: string;
  readonly counts: { readonly x: number; readonly n: number; readonly eligible: number } | undefined;
  readonly interval: Interval | null;
  /** None, or all, of those who did not answer had the outcome. */
  readonly bounds: Interval | null;
  readonly evidence: Omit<NonNullable<GroupBasis['evidence']>, 'strip'> | undefined;
  readonly strip: readonly StripEntry[];
  readonly rules: readonly RuleResult[];
};

/** No certificate: nobody claimed that, or the definition at hand is not the one that the claim was made by. */
export type NoCertificate =
  | { readonly outcome: 'no-such-claim' }
  | { readonly outcome: 'definition-changed' };

type Found<Certificate> =
  | { readonly outcome: 'certificate'; readonly certificate: Certificate }
  | NoCertificate;

const headOf = (
  { public: content, digest }: Pick<Release, 'public' | 'digest'>,
  id: string,
  definitions: readonly ClaimDefinition[],
): CertificateHead | NoCertificate => {
  const claim = content.claims.find((each) => each.id === id);
  if (claim === undefined) return { outcome: 'no-such-claim' };
  const definition = definitions.find((each) => digestOf(each) === claim.definitionHash);
  if (definition === undefined) return { outcome: 'definition-changed' };
  const { number, createdOn, synthetic, methodVersion } = content;
  const { label, source } = measures[definition.measure];
  return {
    claim,
    definition,
    measure: { label, source },
    release: { number, createdOn, digest, synthetic, methodVersion },
  };
};

const shownBeside = (claim: PublicClaim, { claims }: PublicRelease): PublicCertificate['strip'] =>
  claims.flatMap((other) =>
    other.id === claim.id || other.group !== claim.group || other.status === 'withheld'
      ? []
      : [{ id: other.id, label: measures[other.measure].label, percent: other.percent }],
  );

/**
 * Takes the public part of a release and its digest, a claim's id and all definitions there ever were, gives the
 * claim's certificate for anybody. It is worked out from what is public alone, so it can give nobody away.
 */
export const publicCertificateOf = (
  release: Pick<Release, 'public' | 'digest'>,
  id: string,
  definitions: readonly ClaimDefinition[],
): Found<PublicCertificate> => {
  const head = headOf(release, id, definitions);
  if ('outcome' in head) return head;
  const strip = shownBeside(head.claim, release.public);
  return { outcome: 'certificate', certificate: { kind: 'public', ...head, strip } };
};

const isLarge = (count: number): boolean => count >= minCount;

/** Each definition of a strip is nested in the one before it where both have the same patients below the line. */
const stripOf = (evidence: GroupBasis['evidence']): readonly StripEntry[] =>
  (evidence?.strip ?? []).map(({ measure, x, n }, index, all) => {
    const wider = all[index - 1];
    const isNested =
      wider !== undefined && measures[wider.measure].denominator === measures[measure].denominator;
    const isApart = !isNested || isLarge(wider.x - x);
    return { label: measures[measure].label, x, n, mayBeTold: isLarge(x) && isLarge(n - x) && isApart };
  });

const movementRules = (decision: string): readonly RuleResult[] => {
  if (decision === 'not-yet-due') return [];
  if (decision === 'too-few-new') return [{ rule: 'enough-new', met: false }];
  if (decision === 'few-left') {
    return [
      { rule: 'enough-new', met: true },
      { rule: 'none-or-enough-left', met: false },
    ];
  }
  return [
    { rule: 'enough-new', met: true },
    { rule: 'none-or-enough-left', met: true },
    { rule: 'disclosure-attack', met: decision !== 'disclosure-attack' },
  ];
};

const rulesOf = (
  { minimums, nestedIn }: ClaimDefinition,
  { x, n, decision }: ClaimBasis,
  claims: readonly ClaimBasis[],
): readonly RuleResult[] => {
  const outer = claims.find(({ id }) => id === nestedIn);
  const question = { x, n, minimums, ...(outer === undefined ? {} : { outerX: outer.x }) };
  return [
    ...ruleResultsOf(question).map(({ reason, met }) => ({ rule: reason, met })),
    ...movementRules(decision),
  ];
};

/**
 * Takes a release with the counts behind it, a claim's id and all definitions there ever were, gives the claim's
 * certificate with the exact counts: the answer to "where does this 90% come from?". For inside the clinic only.
 */
export const certificateOf = (
  release: Release,
  id: string,
  definitions: readonly ClaimDefinition[],
): Found<InternalCertificate> => {
  const head = headOf(release, id, definitions);
  if ('outcome' in head) return head;
  const { groups, claims, codeVersion } = release.basis;
  const own = claims.find((each) => each.id === id);
  const group = groups.find((each) => each.group === head.claim.group);
  const counts =
    own === undefined || group === undefined ? undefined : { x: own.x, n: own.n, eligible: group.eligible };
  const { strip: _, ...evidence } = group?.evidence ?? { strip: [] };
  return {
    outcome: 'certificate',
    certificate: {
      kind: 'internal',
      ...head,
      countsOfRelease: group?.asOfRelease,
      codeVersion,
      decision: own?.decision ?? 'not-yet-due',
      counts,
      interval: counts === undefined ? null : wilson(counts.x, counts.n),
      bounds: counts === undefined ? null : worstAndBestCase(counts.x, counts.n, counts.eligible),
      evidence: 'period' in evidence ? evidence : undefined,
      strip: stripOf(group?.evidence),
      rules: own === undefined ? [] : rulesOf(head.definition, own, claims),
    },
  };
};
