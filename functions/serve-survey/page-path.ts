/** The fewest characters of a token: 128 bits in base64url. */
const minTokenLength = 22;

/** Characters that email programs put where a long line breaks; none shows. */
const invisible = /[\s\u00ad\u200b-\u200f\u2060\ufeff]/g;

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

/** Returns the first stretch that can be a token; what stands around it was not in our link. */
const tokenIn = (text: string): string | undefined =>
  text
    .replaceAll(invisible, ' ')
    .split(/[^A-Za-z0-9_-]+/)
    .find(({ length }) => length >= minTokenLength);

/**
 * Returns the path of a page as our emails have it. Email programs change it: they append a slash, a full stop, a
 * bracket or a quote, double a slash, or write the letter in upper case. A path that is none of ours is returned as is.
 */
export const pagePathOf = (rawPath: string): string => {
  const [, letter = '', rest = ''] = /^[\s/\\<"'(]*([suh])[/\\]+(.+)$/isu.exec(decoded(rawPath)) ?? [];
  const token = tokenIn(rest);
  return token === undefined ? rawPath : `/${letter.toLowerCase()}/${token}`;
};
