import type { LocalDate } from '../../platform/time.ts';
import type { MeasureId } from '../../protocol/measures.ts';
import type { Scope } from '../cells/contribution.ts';
import {
  isAboutOutcomes,
  isOurs,
  measureIn,
  namesSource,
  scopeIn,
  thresholdIn,
} from '../claims/claim-words.ts';
import { isStale, type PublicRelease, type ShownClaim } from '../release/release-schema.ts';
import { type Passage, passagesOf } from './page-text.ts';
import { numbersIn, type PublishedNumber } from './published-numbers.ts';

/** Why a number is not supported. `no-source`: it is not said to be the clinic's own, and nobody else is named. */
export type LintReason =
  | 'no-such-claim'
  | 'withheld'
  | 'stale'
  | 'too-high'
  | 'other-figure'
  | 'too-precise'
  | 'no-source';

/** A published number of a web page, and what the release has to say to it. */
export type LintFinding = {
  /** In the page's source, from 1. */
  readonly line: number;
  /** The number as it is put, and the sentence around it. */
  readonly words: string;
  readonly sentence: string;
  readonly verdict: 'supported' | 'cited' | 'not-supported';
  /** The claim of the release that it was held against. */
  readonly claim: string | null;
  readonly reason: LintReason | null;
  /** What the release says, to be copied; null where it says nothing. */
  readonly instead: string | null;
};

type Judgement = Pick<LintFinding, 'verdict' | 'claim' | 'reason' | 'instead'>;

/** Takes a shown claim and a number, gives why it does not bear the number, or null when it does. */
const objectionTo = (
  { rule, percent }: ShownClaim,
  { percent: said, claimed }: PublishedNumber,
): LintReason | null => {
  if (!Number.isInteger(said)) return 'too-precise';
  if (said > percent || claimed === 'up-to') return 'too-high';
  if (claimed === 'over') return rule === 'over' || said < percent ? null : 'too-high';
  if (claimed === 'at-least') return null;
  return said === percent ? null : 'other-figure';
};

const judge = (
  number: PublishedNumber,
  wanted: { readonly scope: Scope; readonly measure: MeasureId | undefined },
  release: PublicRelease,
  today: LocalDate | undefined,
): Judgement => {
  const claim = release.claims.find(
    ({ scope, measure }) => scope === wanted.scope && measure === wanted.measure,
  );
  if (claim === undefined)
    return { verdict: 'not-supported', claim: null, reason: 'no-such-claim', instead: null };
  const { id } = claim;
  if (claim.status === 'withheld')
    return { verdict: 'not-supported', claim: id, reason: 'withheld', instead: null };
  if (today !== undefined && isStale(claim, today)) {
    return { verdict: 'not-supported', claim: id, reason: 'stale', instead: null };
  }
  const reason = objectionTo(claim, number);
  return reason === null
    ? { verdict: 'supported', claim: id, reason, instead: null }
    : { verdict: 'not-supported', claim: id, reason, instead: claim.sentence.en };
};

type Sentence = { readonly text: string; readonly at: number };

const sentencesOf = (text: string): readonly Sentence[] =>
  [...text.matchAll(/[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*[.!?]*\s*/g)].map(({ 0: sentence, index }) => ({
    text: sentence,
    at: index,
  }));

/** How sure a figure is, not how many fare well: `95% interval`, `confidence level of 95%`. */
const isConfidence = (text: string, { at, end }: PublishedNumber): boolean =>
  /interval|confiden|confianza/i.test(text.slice(Math.max(0, at - 30), end + 30));

/** How much better somebody is, not how many are: `improvement of more than 50%`, `50% less pain`. */
const isThreshold = (text: string, { at, end }: PublishedNumber): boolean =>
  /(?:improve\w*|better|relief|reduc\w*|mejor[ií]a|mejoraron|alivio)\s+(?:of|by|de|en)?\s*(?:un\s+)?$/i.test(
    text.slice(0, at),
  ) ||
  /^\+?\s*(?:or (?:more|better)\s+|o m[aá]s\s+)?(?:improvement|relief|reduction|better(?!\s+\w)|de mejor)/i.test(
    text.slice(end),
  );

const isTooVague = (text: string): boolean => !isAboutOutcomes(text);

const findingsIn = (
  passage: Passage,
  masked: string,
  { text, at }: Sentence,
  release: PublicRelease,
  today: LocalDate | undefined,
): readonly LintFinding[] => {
  if (isTooVague(text)) return [];
  const numbers = numbersIn(text).filter((number) => !isConfidence(text, number));
  const shares = numbers.filter((number) => !isThreshold(text, number));
  const claimed = shares.length > 0 ? shares : numbers;
  return claimed.map((number, index) => {
    const clause = text.slice(number.at, claimed[index + 1]?.at);
    const threshold = numbers.find(
      (other) => !shares.includes(other) && other.at > number.at && other.at < number.at + clause.length,
    );
    const scope = scopeIn(clause, text, masked, passage.heading) ?? 'overall';
    const measure = threshold === undefined ? measureIn(clause, text) : thresholdIn(threshold.words);
    const judged = judge(number, { scope, measure }, release, today);
    const isElsewhere = !isOurs(text);
    const common = {
      line: passage.lines[at + number.at] ?? 1,
      words: number.words,
      sentence: text.trim(),
    };
    if (judged.verdict === 'supported' || !isElsewhere) return { ...common, ...judged };
    return passage.hasSource || namesSource(passage.text)
      ? { ...common, verdict: 'cited', claim: judged.claim, reason: null, instead: null }
      : { ...common, ...judged, reason: 'no-source' };
  });
};

/** The release's own footnotes bring numbers that go with a sentence: they are taken out, letter for space. */
const withoutFootnotes = (text: string, { claims }: PublicRelease): string =>
  claims
    .flatMap((claim) => (claim.status === 'withheld' ? [] : Object.values(claim.footnote)))
    .reduce((rest, footnote) => {
      const plain = footnote.replaceAll(/[\u00a0\u202f]/g, ' ');
      return rest.replaceAll(plain, ' '.repeat(plain.length));
    }, text);

/**
 * Takes a web page and the current release (and a date, to leave out claims that are a year old), gives each
 * published percentage that is about how patients fare, in the order of the page: supported by the release,
 * another's with a source, or not supported and why. A number lower than the release's that is put as `over` or
 * `at least` is supported, for it is true; one put plainly has to be the release's own.
 */
export const lintClaims = (html: string, release: PublicRelease, today?: LocalDate): readonly LintFinding[] =>
  passagesOf(html).flatMap((passage) => {
    const masked = withoutFootnotes(passage.text, release);
    return sentencesOf(masked).flatMap((sentence) => findingsIn(passage, masked, sentence, release, today));
  });
