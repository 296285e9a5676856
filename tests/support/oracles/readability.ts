type Size = { readonly sentences: number; readonly words: number; readonly syllables: number };

const measure = (text: string, syllablesOf: (word: string) => number): Size => {
  const sentences = text.split(/[.!?:;]+/).filter((part) => /\p{L}/u.test(part));
  const words = text.match(/[\p{L}’']+/gu) ?? [];
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word.toLowerCase()), 0);
  return { sentences: Math.max(1, sentences.length), words: Math.max(1, words.length), syllables };
};

/** Estimates syllables as groups of vowels, without a silent final e. */
const englishSyllables = (word: string): number => {
  const spoken = word.replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, '').replace(/^y/, '');
  return Math.max(1, spoken.match(/[aeiouy]{1,2}/g)?.length ?? 0);
};

/** An unaccented weak vowel joins its neighbor; two strong vowels, or an accented weak one, stay separate. */
const spanishSyllables = (word: string): number =>
  Math.max(1, word.match(/[iuü]?[aeoáéó][iuyü]?|[íú]|[iuüy]+/g)?.length ?? 0);

/** US school grade of an English text (Kincaid et al. 1975, US Navy). */
export const fleschKincaidGrade = (text: string): number => {
  const { sentences, words, syllables } = measure(text, englishSyllables);
  return 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59;
};

/** Reading ease of a Spanish text, 0 to 100 (Szigriszt-Pazos 1993; INFLESZ: from 65 "quite easy"). */
export const szigrisztPazos = (text: string): number => {
  const { sentences, words, syllables } = measure(text, spanishSyllables);
  return 206.835 - 62.3 * (syllables / words) - words / sentences;
};
