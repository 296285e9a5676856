/** A run of text that is read as one unit: a paragraph, a table cell, the text of an image. */
export type Passage = {
  readonly text: string;
  /** Source source line of each character, counted from 1. */
  readonly lines: readonly number[];
  /** Text of the nearest text of the nearest heading above. */
  readonly heading: string;
  /** True when the passage cites a source: a link to another site, or a `cite` element. */
  readonly hasSource: boolean;
};

/** Inline elements. Every other element starts and ends a passage. */
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

/** Attributes that readers, screen readers and search engines see as text. */
const textAttributes = /\b(?:alt|title|aria-label|content)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;

const linksElsewhere = (tag: string, attributes: string): boolean =>
  tag === 'cite' || (tag === 'a' && /\bhref\s*=\s*["']?https?:/i.test(attributes));

/**
 * Splits a web page into passages of text. Scripts, styles and comments are left out; alternative texts, labels and
 * descriptions are included. Never throws: whatever is not HTML is read as text.
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
    for (const [, double, single] of attributes.matchAll(textAttributes)) {
      const text = double ?? single ?? '';
      passages.push({
        text,
        lines: Array.from({ length: text.length }, () => line),
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
