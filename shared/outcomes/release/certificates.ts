import { digestOf } from '../../platform/digest.ts';
import { present } from '../../platform/present.ts';
import { measures } from '../../protocol/measures.ts';
import type { ClaimDefinition } from '../claims/claim-definitions.ts';
import { type Interval, wilson, worstAndBestCase } from '../claims/statistics.ts';
import { minCount, ruleResultsOf, type SmallReason } from '../disclosure/disclosure.ts';
import type { ClaimBasis, GroupBasis, PublicClaim, PublicRelease, Release } from './release-schema.ts';

/** The part of a certificate without counts. All of it is public. */
type CertificateHead = {
  readonly claim: PublicClaim;
  /** The definition that the claim's hash stands for. */
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

/** A certificate for the public. It contains nothing that the public release does not. */
export type PublicCertificate = CertificateHead & {
  readonly kind: 'public';
  /** Other claims shown about the same patients: the same question by another definition. */
  readonly strip: readonly { readonly id: string; readonly label: string; readonly percent: number }[];
};

/** A disclosure rule and whether it is met. Rules that were not evaluated are omitted. */
export type RuleResult = {
  readonly rule: SmallReason | 'enough-new' | 'none-or-enough-left' | 'disclosure-attack';
  readonly met: boolean;
};

/** A count by another definition. Not `isDisclosable` when it, or its difference to the wider one, is too small. */
export type StripEntry = {
  readonly label: string;
  readonly x: number;
  readonly n: number;
  readonly isDisclosable: boolean;
};

/** A certificate with the exact counts, for those in the clinic who account for the figures. Not to be shared. */
export type InternalCertificate = CertificateHead & {
  readonly kind: 'internal';
  /** The release the counts come from; an older one for a held claim. */
  readonly countsOfRelease: number | undefined;
  readonly codeVersion: string | undefined;
  readonly decision: string;
  readonly counts: { readonly x: number; readonly n: number; readonly eligible: number } | undefined;
  readonly interval: Interval | null;
  /** The share of all eligible if none, or all, of those who did not answer had the outcome (Manski). */
  readonly bounds: Interval | null;
  readonly evidence: Omit<NonNullable<GroupBasis['evidence']>, 'strip'> | undefined;
  readonly strip: readonly StripEntry[];
  readonly rules: readonly RuleResult[];
};

/** Why there is no certificate: the claim is unknown, or no definition matches the hash in the release. */
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
 * Returns the public certificate of a claim. `definitions` are all versions ever published. It is computed from public
 * data only, so it discloses nothing new.
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

/** Each definition of a strip is nested in the one before it if both have the same denominator. */
const stripOf = (evidence: GroupBasis['evidence']): readonly StripEntry[] =>
  (evidence?.strip ?? []).map(({ measure, x, n }, index, all) => {
    const wider = all[index - 1];
    const isNested =
      wider !== undefined && measures[wider.measure].denominator === measures[measure].denominator;
    const isApart = !isNested || isLarge(wider.x - x);
    const isDisclosable = isLarge(x) && isLarge(n - x) && isApart;
    return { label: measures[measure].label, x, n, isDisclosable };
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
  const question = { x, n, minimums, ...present({ outerX: outer?.x }) };
  return [
    ...ruleResultsOf(question).map(({ reason, met }) => ({ rule: reason, met })),
    ...movementRules(decision),
  ];
};

/**
 * Returns the internal certificate of a claim, with the exact counts: it answers "where does this 90% come from?".
 * `definitions` are all versions ever published. For use inside the clinic only.
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
