/** Invisible characters that programs leave around a text, beside white space: zero-width and direction marks. */
const invisible = new Set(['\u00ad', '\u180e', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060']);

const isBlank = (character: string): boolean => invisible.has(character) || /\s/.test(character);

/**
 * Returns a text without the white space and the invisible characters around it: no-break and zero-width spaces and
 * byte order marks too, which copying and spreadsheets leave behind. Linear in the text, however long its blanks are.
 */
export const trimmed = (text: string): string => {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charAt(start))) start += 1;
  while (end > start && isBlank(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
};

/** Nothing that is read lies deeper. */
const maxDepth = 12;

/** Returns JSON with every text in it trimmed, to the depth that is read. */
export const withTrimmedTexts = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return trimmed(value);
  if (typeof value !== 'object' || value === null || depth === maxDepth) return value;
  if (Array.isArray(value)) return value.map((item) => withTrimmedTexts(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, withTrimmedTexts(item, depth + 1)]),
  );
};
