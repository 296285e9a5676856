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

/** Why a number is not supported. `no-source`: the text neither claims it as the clinic's own nor cites a source. */
export type LintReason =
  | 'no-such-claim'
  | 'withheld'
  | 'stale'
  | 'too-high'
  | 'other-figure'
  | 'too-precise'
  | 'no-source';

/**
 * How a number compares with the release. `claim` is the claim it was checked against; `instead` is the release's own
 * sentence, ready to copy, or null where the release has none.
 */
type Judgement =
  | {
      readonly outcome: 'supported';
      readonly claim: string;
      readonly reason: null;
      readonly instead: null;
    }
  | {
      readonly outcome: 'cited';
      readonly claim: string | null;
      readonly reason: null;
      readonly instead: null;
    }
  | {
      readonly outcome: 'not-supported';
      readonly claim: string | null;
      readonly reason: LintReason;
      readonly instead: string | null;
    };

/** A percentage published on a web page, checked against the release. */
export type LintFinding = Judgement & {
  /** Source line of the page, counted from 1. */
  readonly line: number;
  /** The number as written. */
  readonly words: string;
  /** The sentence around it. */
  readonly sentence: string;
};

/** Returns why a claim does not support a number, or null when it does. */
const objectionTo = (
  { rule, percent }: ShownClaim,
  { percent: written, qualifier }: PublishedNumber,
): LintReason | null => {
  if (!Number.isInteger(written)) return 'too-precise';
  if (written > percent || qualifier === 'up-to') return 'too-high';
  if (qualifier === 'over') return rule === 'over' || written < percent ? null : 'too-high';
  if (qualifier === 'at-least') return null;
  return written === percent ? null : 'other-figure';
};

const notSupported = (
  claim: string | null,
  reason: LintReason,
  instead: string | null = null,
): Judgement => ({ outcome: 'not-supported', claim, reason, instead });

const judge = (
  number: PublishedNumber,
  wanted: { readonly scope: Scope; readonly measure: MeasureId | undefined },
  release: PublicRelease,
  today: LocalDate | undefined,
): Judgement => {
  const claim = release.claims.find(
    ({ scope, measure }) => scope === wanted.scope && measure === wanted.measure,
  );
  if (claim === undefined) return notSupported(null, 'no-such-claim');
  if (claim.status === 'withheld') return notSupported(claim.id, 'withheld');
  if (today !== undefined && isStale(claim, today)) return notSupported(claim.id, 'stale');
  const reason = objectionTo(claim, number);
  return reason === null
    ? { outcome: 'supported', claim: claim.id, reason, instead: null }
    : notSupported(claim.id, reason, claim.sentence.en);
};

type Sentence = { readonly text: string; readonly at: number };

const sentencesOf = (text: string): readonly Sentence[] =>
  [...text.matchAll(/[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*[.!?]*\s*/g)].map(({ 0: sentence, index }) => ({
    text: sentence,
    at: index,
  }));

/** True for statistical confidence, which is not an outcome: `95% interval`, `confidence level of 95%`. */
const isConfidence = (text: string, { at, end }: PublishedNumber): boolean =>
  /interval|confiden|confianza/i.test(text.slice(Math.max(0, at - 30), end + 30));

/** True for the size of an improvement, not a share of patients: `improvement of more than 50%`, `50% less pain`. */
const isThreshold = (text: string, { at, end }: PublishedNumber): boolean =>
  /(?:improve\w*|better|relief|reduc\w*|mejor[ií]a|mejoraron|alivio)\s+(?:of|by|de|en)?\s*(?:un\s+)?$/i.test(
    text.slice(0, at),
  ) ||
  /^\+?\s*(?:or (?:more|better)\s+|o m[aá]s\s+)?(?:improvement|relief|reduction|better(?!\s+\w)|de mejor)/i.test(
    text.slice(end),
  );

const findingsIn = (
  passage: Passage,
  masked: string,
  { text, at }: Sentence,
  release: PublicRelease,
  today: LocalDate | undefined,
): readonly LintFinding[] => {
  if (!isAboutOutcomes(text)) return [];
  const numbers = numbersIn(text).filter((number) => !isConfidence(text, number));
  const shares = numbers.filter((number) => !isThreshold(text, number));
  const checked = shares.length > 0 ? shares : numbers;
  return checked.map((number, index) => {
    const clause = text.slice(number.at, checked[index + 1]?.at);
    const threshold = numbers.find(
      (other) => !shares.includes(other) && other.at > number.at && other.at < number.at + clause.length,
    );
    const scope = scopeIn(clause, text, masked, passage.heading) ?? 'overall';
    const measure = threshold === undefined ? measureIn(clause, text) : thresholdIn(threshold.words);
    const judged = judge(number, { scope, measure }, release, today);
    const common = {
      line: passage.lines[at + number.at] ?? 1,
      words: number.words,
      sentence: text.trim(),
    };
    if (judged.outcome === 'supported' || isOurs(text)) return { ...common, ...judged };
    return passage.hasSource || namesSource(passage.text)
      ? { ...common, outcome: 'cited', claim: judged.claim, reason: null, instead: null }
      : { ...common, ...notSupported(judged.claim, 'no-source', judged.instead) };
  });
};

/** Blanks out the release's own footnotes, whose numbers belong to their sentence. Offsets stay the same. */
const withoutFootnotes = (text: string, { claims }: PublicRelease): string =>
  claims
    .flatMap((claim) => (claim.status === 'withheld' ? [] : Object.values(claim.footnote)))
    .reduce((rest, footnote) => {
      const plain = footnote.replaceAll(/[\u00a0\u202f]/g, ' ');
      return rest.replaceAll(plain, ' '.repeat(plain.length));
    }, text);

/**
 * Checks every percentage on a web page that is about patient outcomes against a release, in page order: supported,
 * cited from another source, or not supported and why. Given `today`, claims a year old or more count as stale. A
 * number below the release's is supported after `over` or `at least`, since it is true; an unqualified number must
 * equal the release's.
 */
export const lintClaims = (html: string, release: PublicRelease, today?: LocalDate): readonly LintFinding[] =>
  passagesOf(html).flatMap((passage) => {
    const masked = withoutFootnotes(passage.text, release);
    return sentencesOf(masked).flatMap((sentence) => findingsIn(passage, masked, sentence, release, today));
  });
