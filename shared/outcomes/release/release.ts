import { digestOf } from '../../platform/digest.ts';
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

/** The version of everything that is not in a definition: rounding, intervals, disclosure, footnotes. */
export const methodVersion = '1';

export type ReleaseInput = {
  readonly definitions: readonly ClaimDefinition[];
  readonly cells: CellsByScope;
  /** Every release so far, by rising number. */
  readonly history: readonly Release[];
  readonly today: LocalDate;
  /** True when the patients behind the counts are made up. */
  readonly synthetic: boolean;
  /** Version and commit of the code that assembles it. Kept with the counts, outside what the digest covers. */
  readonly codeVersion: string;
};

export type AssembledRelease = {
  readonly release: Release;
  /** Claims that say something new: only then is there a reason to publish. */
  readonly news: readonly string[];
  /** What the attack found; the groups concerned stay as they were. */
  readonly findings: readonly Finding[];
};

/** What becomes of a group: its counts are shown anew, or it stays as it was, and why. */
type GroupOutcome = Movement | 'disclosure-attack' | 'not-yet-due';

type Stays = Exclude<GroupOutcome, 'moves'>;

type Group = {
  readonly name: string;
  readonly definitions: readonly ClaimDefinition[];
  readonly before: GroupBasis | undefined;
  readonly plan:
    | { readonly outcome: 'moves'; readonly counts: GroupCounts }
    | { readonly outcome: Stays; readonly counts: GroupCounts | undefined };
};

type Outcome = { readonly claim: PublicClaim; readonly basis?: ClaimBasis };

/** What is said of a claim that has never been shown and does not move now. */
const reasons: Readonly<Record<Stays, WithheldClaim['reason']>> = {
  'too-few-new': 'not-yet-due',
  'few-left': 'not-yet-due',
  'not-yet-due': 'not-yet-due',
  'disclosure-attack': 'not-enough-answers',
};

const planOf = (
  counts: GroupCounts | undefined,
  before: GroupBasis | undefined,
  isBlocked: boolean,
): Group['plan'] => {
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
    return { name, definitions: members, before, plan: planOf(counts, before, blocked.has(name)) };
  });
};

/** A claim of a group that moves: shown, if its counts allow it. */
const movedOutcome = (
  definition: ClaimDefinition,
  { definitions }: Group,
  counts: GroupCounts,
  input: ReleaseInput,
  number: number,
): Outcome => {
  const own = claimCountsOf(definition, input.cells, counts.period);
  const outer = definitions.find(({ id }) => id === definition.nestedIn);
  const decision = disclosureOf({
    ...own,
    minimums: definition.minimums,
    ...(outer === undefined ? {} : { outerX: claimCountsOf(outer, input.cells, counts.period).x }),
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

/** A claim of a group that stays: as the release before has it, saying of which release its figures are. */
const keptOutcome = (definition: ClaimDefinition, outcome: Stays, previous: Release | undefined): Outcome => {
  const claim = previous?.public.claims.find(({ id }) => id === definition.id);
  const basis = previous?.basis.claims.find(({ id }) => id === definition.id);
  const shown =
    claim === undefined || claim.status === 'withheld' ? claim : { ...claim, status: 'held' as const };
  return {
    claim: shown ?? withheldClaimOf(definition, reasons[outcome]),
    ...(basis === undefined ? {} : { basis: { ...basis, decision: outcome } }),
  };
};

const outcomesOf = (group: Group, input: ReleaseInput, number: number): readonly Outcome[] =>
  group.definitions.map((definition) =>
    group.plan.outcome === 'moves'
      ? movedOutcome(definition, group, group.plan.counts, input, number)
      : keptOutcome(definition, group.plan.outcome, input.history.at(-1)),
  );

const groupBasisOf = (
  { name, definitions, plan, before }: Group,
  outcomes: readonly Outcome[],
  { cells }: ReleaseInput,
  number: number,
): readonly GroupBasis[] => {
  if (plan.outcome !== 'moves' && before !== undefined) return [before];
  const [definition] = definitions;
  if (plan.counts === undefined || definition === undefined) return [];
  const isShown = outcomes.some(({ claim }) => claim.status === 'published');
  const { eligible, responded, months, period } = plan.counts;
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
    outcomes: outcomesOf(group, input, number),
  }));
  const outcomes = groups.flatMap((entry) => entry.outcomes);
  const order = input.definitions.map(({ id }) => id);
  const claims = outcomes
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
          ...groups.flatMap((entry) => groupBasisOf(entry.group, entry.outcomes, input, number)),
          ...(previous?.basis.groups ?? []).filter(({ group }) => !names.has(group)),
        ],
        claims: outcomes.flatMap(({ basis }) => (basis === undefined ? [] : [basis])),
        codeVersion: input.codeVersion,
      },
    },
    news: claims
      .filter(({ id, status }) => status === 'published' || (status === 'withheld' && wasShown(previous, id)))
      .map(({ id }) => id),
  };
};

const withoutAttacked = (
  input: ReleaseInput,
  blocked: ReadonlySet<string>,
  found: readonly Finding[],
): AssembledRelease => {
  const candidate = candidateOf(input, blocked);
  const findings = attackRelease(
    candidate.release.public,
    input.history.map((release) => release.public),
  );
  if (findings.length === 0) return { ...candidate, findings: found };
  const more = findings.map(({ group }) => group);
  return withoutAttacked(input, new Set([...blocked, ...more]), [...found, ...findings]);
};

/**
 * Takes definitions, counts, every release so far and a date, gives the next release: each claim in force with
 * its figures, as it was (held), or withheld with a reason. A group in which the attack finds a small count stays
 * as it was, and the rest is attacked again. Pure: the same counts give the same bytes.
 */
export const assembleRelease = (input: ReleaseInput): AssembledRelease =>
  withoutAttacked(input, new Set(), []);

/** Takes a release as stored, says whether what is shown of it still has the digest it was published with. */
export const isIntact = ({ public: content, digest }: Release): boolean => digestOf(content) === digest;
