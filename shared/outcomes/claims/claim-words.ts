import type { MeasureId } from '../../protocol/measures.ts';
import type { Scope } from '../cells/contribution.ts';

type Words<Id> = readonly (readonly [RegExp, Id])[];

/** What the procedures are called on web pages. `mild` alone is an adjective. */
const scopeWords: Words<Scope> = [
  [/radio-?frequenc|radiofrecuencia|\brfa\b|ablati[oó]n|ablaci[oó]n/i, 'facet-radiofrequency-ablation'],
  [/\bfacet/i, 'facet-joint-injection'],
  [/\bepidural/i, 'epidural-steroid-injection'],
  [
    /\bmild\s*(?:®|\(r\)|™|procedure|patients|decompression)|\bMILD\b|(?:de|con|procedimiento) mild\b/,
    'mild',
  ],
];

/** What is said of an outcome, the more particular first. */
const measureWords: Words<MeasureId> = [
  [/quality of life|calidad de vida/i, 'better-quality-of-life'],
  [/\bstand(?:ing)?\b|\bwalk|de pie|caminar/i, 'better-standing-or-walking'],
  [/\bfunction|funci[oó]n/i, 'better-function'],
  [
    /(?:less|reduc\w*|lower|decreas\w*|relie\w*)[^.]{0,20}\bpain|pain (?:relief|reduc)|(?:menos|alivio)[^.]{0,12} dolor/i,
    'less-pain',
  ],
  [/improv|\bbetter\b|mejor/i, 'improved'],
];

const thresholdWords: Words<MeasureId> = [
  [/(?:over|more than|greater than|>|m[aá]s del?)\s*50/i, 'improved-over-half'],
  [/50/, 'improved-at-least-half'],
  [/30/, 'improved-at-least-30'],
];

const find = <Id>(words: Words<Id>, text: string): Id | undefined =>
  words.find(([pattern]) => pattern.test(text))?.[1];

/** Takes texts from the nearest to the farthest, gives the procedure that the first of them names. */
export const scopeIn = (...texts: readonly string[]): Scope | undefined =>
  texts.map((text) => find(scopeWords, text)).find((scope) => scope !== undefined);

/** Takes texts from the nearest to the farthest, gives the outcome that the first of them names. */
export const measureIn = (...texts: readonly string[]): MeasureId | undefined =>
  texts.map((text) => find(measureWords, text)).find((measure) => measure !== undefined);

/** Takes the words of how much better somebody is (`more than 50%`), gives the outcome that it makes. */
export const thresholdIn = (text: string): MeasureId | undefined => find(thresholdWords, text);

/** Takes a sentence, says whether it is about how patients fare. */
export const isAboutOutcomes = (sentence: string): boolean =>
  find(scopeWords, sentence) !== undefined ||
  find(measureWords, sentence) !== undefined ||
  /\bpatients?\b|pacientes?|\bpain\b|dolor|success|[eé]xito|effective|eficaz|satisf|recover/i.test(sentence);

/** Takes a sentence, says whether it speaks of the clinic's own patients. */
export const isOurs = (sentence: string): boolean => /\b(?:our|ours|we|us)\b|nuestr[oa]s?/i.test(sentence);

/** Takes a text, says whether it gives a source that can be looked up. */
export const namesSource = (text: string): boolean =>
  /\bdoi\b|\b10\.\d{4,}\/|\bpmid\b|\bpmc\d|pubmed|\bet al\b|nct\d{8}|https?:\/\//i.test(text);
