import type { MeasureId } from '../../protocol/measures.ts';
import type { Scope } from '../cells/contribution.ts';

type Words<Id> = readonly (readonly [RegExp, Id])[];

/** What procedures are called on web pages. `mild` on its own is just an adjective. */
const scopeWords: Words<Scope> = [
  [/radio-?frequenc|radiofrecuencia|\brfa\b|ablati[oó]n|ablaci[oó]n/i, 'facet-radiofrequency-ablation'],
  [/\bfacet/i, 'facet-joint-injection'],
  [/\bepidural/i, 'epidural-steroid-injection'],
  [
    /\bmild\s*(?:®|\(r\)|™|procedure|patients|decompression)|\bMILD\b|(?:de|con|procedimiento) mild\b/,
    'mild',
  ],
];

/** Words for outcomes, the most specific first. */
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

/** Returns the procedure named in the first text that names one. Pass the nearest text first. */
export const scopeIn = (...texts: readonly string[]): Scope | undefined =>
  texts.map((text) => find(scopeWords, text)).find((scope) => scope !== undefined);

/** Returns the outcome named in the first text that names one. Pass the nearest text first. */
export const measureIn = (...texts: readonly string[]): MeasureId | undefined =>
  texts.map((text) => find(measureWords, text)).find((measure) => measure !== undefined);

/** Returns the measure for an amount of improvement, such as `more than 50%`. */
export const thresholdIn = (text: string): MeasureId | undefined => find(thresholdWords, text);

/** True when a sentence is about patient outcomes. */
export const isAboutOutcomes = (sentence: string): boolean =>
  find(scopeWords, sentence) !== undefined ||
  find(measureWords, sentence) !== undefined ||
  /\bpatients?\b|pacientes?|\bpain\b|dolor|success|[eé]xito|effective|eficaz|satisf|recover/i.test(sentence);

/** True when a sentence is about the clinic's own patients. */
export const isOurs = (sentence: string): boolean => /\b(?:our|ours|we|us)\b|nuestr[oa]s?/i.test(sentence);

/** True when a text names a source that can be looked up. */
export const namesSource = (text: string): boolean =>
  /\bdoi\b|\b10\.\d{4,}\/|\bpmid\b|\bpmc\d|pubmed|\bet al\b|nct\d{8}|https?:\/\//i.test(text);
