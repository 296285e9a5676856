/** A run of text that a reader takes as one: a paragraph, a cell, the text of a picture. */
export type Passage = {
  readonly text: string;
  /** The line of the source, from 1, of each character. */
  readonly lines: readonly number[];
  /** The heading that it stands under. */
  readonly heading: string;
  /** Whether a source is given in it: a link to another site, or `cite`. */
  readonly hasSource: boolean;
};

/** Elements whose text runs on; all others begin and end a passage. */
const inline: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo cite code data dfn em font i kbd mark q s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
);

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  aacute: 'á',
  eacute: 'é',
  gt: '>',
  iacute: 'í',
  lt: '<',
  nbsp: ' ',
  ntilde: 'ñ',
  oacute: 'ó',
  percnt: '%',
  quot: '"',
  reg: '®',
  uacute: 'ú',
};

const codePoint = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ');

const entityText = (entity: string): string => {
  const hexadecimal = /^&#x([0-9a-f]{1,6});$/i.exec(entity)?.[1];
  if (hexadecimal !== undefined) return codePoint(Number.parseInt(hexadecimal, 16));
  const decimal = /^&#(\d{1,7});$/.exec(entity)?.[1];
  return decimal === undefined
    ? (entities[entity.slice(1, -1).toLowerCase()] ?? ' ')
    : codePoint(Number(decimal));
};

const token =
  /<!--[\s\S]*?(?:-->|$)|<(script|style|template)\b[\s\S]*?(?:<\/\1\s*>|$)|<(\/?)([a-z][a-z0-9-]*)((?:"[^"]*"|'[^']*'|[^<>"'])*)>|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]+\d?);|[\s\S]/gi;

/** What readers, and search engines, get from attributes. */
const spoken = /\b(?:alt|title|aria-label|content)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;

const linksElsewhere = (tag: string, attributes: string): boolean =>
  tag === 'cite' || (tag === 'a' && /\bhref\s*=\s*["']?https?:/i.test(attributes));

/**
 * Takes a web page, gives its text in passages with the lines that they stand on. Scripts, styles and comments
 * are left out; the text of pictures, labels and descriptions is in. It never fails: what is not HTML is text.
 */
export const passagesOf = (html: string): readonly Passage[] => {
  const passages: Passage[] = [];
  let parts: string[] = [];
  let lines: number[] = [];
  let hasSource = false;
  let heading = '';
  let isHeading = false;
  let line = 1;

  const close = (): void => {
    const text = parts.join('');
    const trimmed = text.trim();
    if (trimmed !== '') {
      if (isHeading) heading = trimmed;
      passages.push({ text, lines, heading, hasSource });
    }
    parts = [];
    lines = [];
    hasSource = false;
  };

  const add = (part: string): void => {
    const shown = /^\s+$/.test(part) || part === '\u00a0' || part === '\u202f' ? ' ' : part;
    if (shown === ' ' && (parts.at(-1) ?? ' ') === ' ') return;
    parts.push(shown);
    for (let index = 0; index < shown.length; index += 1) lines.push(line);
  };

  const addAttributes = (attributes: string): void => {
    for (const [, double, single] of attributes.matchAll(spoken)) {
      const said = double ?? single ?? '';
      passages.push({
        text: said,
        lines: Array.from({ length: said.length }, () => line),
        heading,
        hasSource: false,
      });
    }
  };

  for (const [whole, , slash, name, attributes = ''] of html.matchAll(token)) {
    const tag = name?.toLowerCase();
    if (tag !== undefined) {
      if (!inline.has(tag)) close();
      if (/^h[1-6]$/.test(tag)) isHeading = slash === '';
      if (slash === '') {
        hasSource = hasSource || linksElsewhere(tag, attributes);
        addAttributes(attributes);
      }
    } else if (!whole.startsWith('<') || whole.length === 1) {
      add(whole.startsWith('&') && whole.length > 1 ? entityText(whole) : whole);
    }
    line += whole.split('\n').length - 1;
  }
  close();
  return passages;
};
