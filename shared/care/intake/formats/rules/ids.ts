/** What programs and people write where there is no id. Compared without case and punctuation. */
const placeholders = new Set([
  'null',
  'nul',
  'nil',
  'undefined',
  'undef',
  'nan',
  'none',
  'na',
  'notavailable',
  'notapplicable',
  'unknown',
  'unk',
  'void',
  'empty',
  'blank',
  'missing',
  'tbd',
  'todo',
  'test',
  'false',
  'true',
  'infinity',
  'objectobject',
  'anonymous',
]);

const isPlaceholder = (text: string): boolean => {
  const bare = text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return /^0*$/.test(bare) || placeholders.has(bare);
};

/** Numbers in scientific notation, whole numbers with decimals, overflowed cells and error values. */
const mangled = [/^-?\d+([.,]\d+)?e[+-]\d+$/i, /^\d+[.,]0+$/, /^#+$/, /^#[a-z0-9/]+[!?]?$/i];

/** The written forms of numbers that a government or an insurer gives out: US social security and Medicare (MBI). */
const official = [
  /^\d{3}-\d{2}-\d{4}$/,
  /^[1-9][ac-hj-km-np-rt-y][ac-hj-km-np-rt-y0-9]\d-?[ac-hj-km-np-rt-y][ac-hj-km-np-rt-y0-9]\d-?[ac-hj-km-np-rt-y]{2}\d{2}$/i,
];

const isLike = (patterns: readonly RegExp[], text: string): boolean =>
  patterns.some((pattern) => pattern.test(text));

/** Returns why a text identifies nobody and nothing, or undefined. */
export const idProblem = (text: string): string | undefined => {
  if (isLike(mangled, text)) {
    return 'must be the id as its source writes it: a spreadsheet has turned this one into a number or an error';
  }
  if (isPlaceholder(text)) {
    return 'must identify something: this is a way of saying that there is no id, such as NULL, undefined or 0';
  }
  return undefined;
};

/** Returns why a text must not be kept as the id of a person, or undefined. */
export const officialNumberProblem = (text: string): string | undefined =>
  isLike(official, text)
    ? "must be the clinic's own id: this has the form of a social security or Medicare number"
    : undefined;
