type Size = { readonly sentences: number; readonly words: number; readonly syllables: number };

const measure = (text: string, syllablesOf: (word: string) => number): Size => {
  const sentences = text.split(/[.!?:;]+/).filter((part) => /\p{L}/u.test(part));
  const words = text.match(/[\p{L}’']+/gu) ?? [];
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word.toLowerCase()), 0);
  return { sentences: Math.max(1, sentences.length), words: Math.max(1, words.length), syllables };
};

/** Groups of vowels, less a silent final e. An estimate, as every such counter is. */
const englishSyllables = (word: string): number => {
  const spoken = word.replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, '').replace(/^y/, '');
  return Math.max(1, spoken.match(/[aeiouy]{1,2}/g)?.length ?? 0);
};

/** A weak vowel without accent joins its neighbour; two strong ones, or an accented weak one, do not. */
const spanishSyllables = (word: string): number =>
  Math.max(1, word.match(/[iuü]?[aeoáéó][iuyü]?|[íú]|[iuüy]+/g)?.length ?? 0);

/** Takes English text, gives its grade (Kincaid et al. 1975, US Navy). */
export const fleschKincaidGrade = (text: string): number => {
  const { sentences, words, syllables } = measure(text, englishSyllables);
  return 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59;
};

/** Takes Spanish text, gives its ease from 0 to 100 (Szigriszt-Pazos 1993; INFLESZ: from 65 "quite easy"). */
export const szigrisztPazos = (text: string): number => {
  const { sentences, words, syllables } = measure(text, spanishSyllables);
  return 206.835 - 62.3 * (syllables / words) - words / sentences;
};
