import { digestOf } from '../../platform/digest.ts';
import { present } from '../../platform/present.ts';
import type { LocalDate } from '../../platform/time.ts';
import { type ClaimDefinition, definitionsInForce } from '../claims/claim-definitions.ts';
import { groupOf } from '../claims/figures.ts';
import { attackRelease, type Finding } from '../disclosure/attack.ts';
import { disclosureOf, type Movement, movementOf } from '../disclosure/disclosure.ts';
import { shownClaimOf, withheldClaimOf } from './release-claims.ts';
import {
  type CellsByScope,
  claimCountsOf,
  evidenceOf,
  type GroupCounts,
  groupCountsOf,
} from './release-counts.ts';
import type { ClaimBasis, GroupBasis, PublicClaim, Release, WithheldClaim } from './release-schema.ts';

/** The version of every rule outside the definitions: rounding, intervals, disclosure control, footnotes. */
export const methodVersion = '1';

export type ReleaseInput = {
  readonly definitions: readonly ClaimDefinition[];
  readonly cells: CellsByScope;
  /** Every release so far, in ascending order of number. */
  readonly history: readonly Release[];
  readonly today: LocalDate;
  /** True when the patients behind the counts are synthetic. */
  readonly synthetic: boolean;
  /** Version and commit of the code that assembles it. Kept with the counts, outside what the digest covers. */
  readonly codeVersion: string;
};

export type AssembledRelease = {
  readonly release: Release;
  /** Ids of the claims that say something new. There is no reason to publish when it is empty. */
  readonly news: readonly string[];
  /** What the disclosure attack found. The groups concerned stay unchanged. */
  readonly findings: readonly Finding[];
};

/** Whether the counts of a group are updated, or why it stays unchanged. */
type GroupOutcome = Movement | 'disclosure-attack' | 'not-yet-due';

type Unchanged = Exclude<GroupOutcome, 'moves'>;

type Group = {
  readonly name: string;
  readonly definitions: readonly ClaimDefinition[];
  readonly before: GroupBasis | undefined;
  readonly update:
    | { readonly outcome: 'moves'; readonly counts: GroupCounts }
    | { readonly outcome: Unchanged; readonly counts: GroupCounts | undefined };
};

type AssembledClaim = { readonly claim: PublicClaim; readonly basis?: ClaimBasis };

/** The public reason for a claim that has never been shown and is not updated now. */
const reasons: Readonly<Record<Unchanged, WithheldClaim['reason']>> = {
  'too-few-new': 'not-yet-due',
  'few-left': 'not-yet-due',
  'not-yet-due': 'not-yet-due',
  'disclosure-attack': 'not-enough-answers',
};

const updateOf = (
  counts: GroupCounts | undefined,
  before: GroupBasis | undefined,
  isBlocked: boolean,
): Group['update'] => {
  if (counts === undefined) return { outcome: 'not-yet-due', counts };
  if (isBlocked) return { outcome: 'disclosure-attack', counts };
  const movement = before === undefined ? 'moves' : movementOf(before.months, counts.months);
  const isFree = movement === 'few-left' && before?.everShown === false;
  return { outcome: isFree ? 'moves' : movement, counts };
};

const groupsOf = (
  { definitions, cells, history, today }: ReleaseInput,
  blocked: ReadonlySet<string>,
): readonly Group[] => {
  const inForce = definitionsInForce(definitions, today);
  return [...Map.groupBy(inForce, groupOf)].map(([name, members]) => {
    const [counts] = members.flatMap((member) => groupCountsOf(member, inForce, cells, today) ?? []);
    const before = history.at(-1)?.basis.groups.find(({ group }) => group === name);
    return { name, definitions: members, before, update: updateOf(counts, before, blocked.has(name)) };
  });
};

/** A claim of a group that is updated: shown if its counts allow it, otherwise withheld. */
const updatedClaim = (
  definition: ClaimDefinition,
  { definitions }: Group,
  counts: GroupCounts,
  input: ReleaseInput,
  number: number,
): AssembledClaim => {
  const own = claimCountsOf(definition, input.cells, counts.period);
  const outer = definitions.find(({ id }) => id === definition.nestedIn);
  const decision = disclosureOf({
    ...own,
    minimums: definition.minimums,
    ...present({ outerX: outer && claimCountsOf(outer, input.cells, counts.period).x }),
  });
  const claim =
    decision === 'publishable'
      ? shownClaimOf(definition, counts, own, { number, today: input.today, synthetic: input.synthetic })
      : undefined;
  return {
    claim: claim ?? withheldClaimOf(definition, 'not-enough-answers'),
    basis: { id: definition.id, ...own, decision },
  };
};

/** A claim of an unchanged group: as in the previous release, still naming the release its figures come from. */
const unchangedClaim = (
  definition: ClaimDefinition,
  outcome: Unchanged,
  previous: Release | undefined,
): AssembledClaim => {
  const claim = previous?.public.claims.find(({ id }) => id === definition.id);
  const basis = previous?.basis.claims.find(({ id }) => id === definition.id);
  const shown =
    claim === undefined || claim.status === 'withheld' ? claim : { ...claim, status: 'held' as const };
  return {
    claim: shown ?? withheldClaimOf(definition, reasons[outcome]),
    ...present({ basis: basis && { ...basis, decision: outcome } }),
  };
};

const claimsOf = (group: Group, input: ReleaseInput, number: number): readonly AssembledClaim[] =>
  group.definitions.map((definition) =>
    group.update.outcome === 'moves'
      ? updatedClaim(definition, group, group.update.counts, input, number)
      : unchangedClaim(definition, group.update.outcome, input.history.at(-1)),
  );

const groupBasisOf = (
  { name, definitions, update, before }: Group,
  assembled: readonly AssembledClaim[],
  { cells }: ReleaseInput,
  number: number,
): readonly GroupBasis[] => {
  if (update.outcome !== 'moves' && before !== undefined) return [before];
  const [definition] = definitions;
  if (update.counts === undefined || definition === undefined) return [];
  const isShown = assembled.some(({ claim }) => claim.status === 'published');
  const { eligible, responded, months, period } = update.counts;
  const everShown = isShown || before?.everShown === true;
  const evidence = evidenceOf(definition, cells, period);
  return [{ group: name, asOfRelease: number, everShown, eligible, responded, months, evidence }];
};

const wasShown = (previous: Release | undefined, id: string): boolean =>
  previous?.public.claims.some((claim) => claim.id === id && claim.status !== 'withheld') === true;

const candidateOf = (
  input: ReleaseInput,
  blocked: ReadonlySet<string>,
): Omit<AssembledRelease, 'findings'> => {
  const previous = input.history.at(-1);
  const number = (previous?.public.number ?? 0) + 1;
  const groups = groupsOf(input, blocked).map((group) => ({
    group,
    assembled: claimsOf(group, input, number),
  }));
  const assembled = groups.flatMap((entry) => entry.assembled);
  const order = input.definitions.map(({ id }) => id);
  const claims = assembled
    .map(({ claim }) => claim)
    .sort((left, right) => order.indexOf(left.id) - order.indexOf(right.id));
  const names = new Set(groups.map(({ group }) => group.name));
  const content = {
    number,
    createdOn: input.today,
    synthetic: input.synthetic,
    methodVersion,
    previousDigest: previous?.digest ?? null,
    claims,
  };
  return {
    release: {
      public: content,
      digest: digestOf(content),
      basis: {
        groups: [
          ...groups.flatMap((entry) => groupBasisOf(entry.group, entry.assembled, input, number)),
          ...(previous?.basis.groups ?? []).filter(({ group }) => !names.has(group)),
        ],
        claims: assembled.flatMap(({ basis }) => (basis === undefined ? [] : [basis])),
        codeVersion: input.codeVersion,
      },
    },
    news: claims
      .filter(({ id, status }) => status === 'published' || (status === 'withheld' && wasShown(previous, id)))
      .map(({ id }) => id),
  };
};

const withoutBlocked = (
  input: ReleaseInput,
  blocked: ReadonlySet<string>,
  earlier: readonly Finding[],
): AssembledRelease => {
  const candidate = candidateOf(input, blocked);
  const findings = attackRelease(
    candidate.release.public,
    input.history.map((release) => release.public),
  );
  if (findings.length === 0) return { ...candidate, findings: earlier };
  const newlyBlocked = findings.map(({ group }) => group);
  return withoutBlocked(input, new Set([...blocked, ...newlyBlocked]), [...earlier, ...findings]);
};

/**
 * Assembles the candidate for the next release: each claim in force with new figures, held as in the release before, or
 * withheld with a reason. When the disclosure attack finds a small count, its group stays unchanged and the rest is
 * attacked again. Pure: equal input yields equal bytes.
 */
export const assembleRelease = (input: ReleaseInput): AssembledRelease =>
  withoutBlocked(input, new Set(), []);

/** True when the public part of a stored release still has the digest it was published with. */
export const isIntact = ({ public: content, digest }: Release): boolean => digestOf(content) === digest;
