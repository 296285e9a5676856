import { describe, expect, it } from 'vitest';
import { emailContent } from '../../../shared/email/content.ts';
import { renderEmail } from '../../../shared/email/render.ts';
import { emailMessagesFor } from '../../../shared/messages/email/messages.ts';
import { messagesFor } from '../../../shared/messages/messages.ts';
import { locales } from '../../../shared/platform/locale.ts';
import { screenIds } from '../../../shared/protocol/instrument.ts';
import { fleschKincaidGrade, szigrisztPazos } from '../../support/oracles/readability.ts';
import { sampleEmails } from '../../support/samples/email-samples.ts';
import { samplePages } from '../../support/samples/page-samples.ts';

const fillers = ['«first»', '«second»'];

/** Every text by its path, with arguments filled in. */
const textsOf = (value: unknown, path: string): readonly (readonly [string, string])[] => {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value(...fillers))]];
  return Object.entries(Object(value)).flatMap(([key, inner]) => textsOf(inner, `${path}.${key}`));
};
const catalogue = (locale: (typeof locales)[number]) =>
  new Map(textsOf({ pages: messagesFor(locale), emails: emailMessagesFor(locale) }, ''));

/** Items quoted from their authors, which are not ours to simplify. */
const isQuoted = (path: string): boolean => /\.items\.peg|\.choices\.pgic/.test(path);

const plain = (html: string): string =>
  html
    .replaceAll(/<(style|script)>.*?<\/\1>|<title>.*?<\/title>/gs, '')
    .replaceAll(/<\/(?:p|li|h1|h2|legend|label|button|a|summary)>/g, '. ')
    .replaceAll(/<[^>]+>/g, ' ');

describe.each(locales)('the texts in %s', (locale) => {
  it('are the same set as in English, none missing, and empty only where the English text is', () => {
    const english = catalogue('en');
    const texts = catalogue(locale);
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [path, text] of texts) expect([path, text === '']).toEqual([path, english.get(path) === '']);
  });

  it('use each of their arguments', () => {
    const english = catalogue('en');
    for (const [path, text] of catalogue(locale)) {
      for (const filler of fillers) {
        expect([path, text.includes(filler)]).toEqual([path, english.get(path)?.includes(filler)]);
      }
    }
  });

  it('name every screen of the survey', () => {
    expect(Object.keys(messagesFor(locale).survey.screens)).toEqual([...screenIds, 'signs']);
  });

  it('say in every email and on every page that no one is watching, and what to do in an emergency', () => {
    const { page } = messagesFor(locale);
    const { patient: email } = emailMessagesFor(locale);
    for (const model of Object.values(sampleEmails(locale))) {
      for (const part of [renderEmail(model).html, renderEmail(model).text]) {
        expect(part).toContain(email.notWatched);
        expect(part).toContain(email.emergency);
      }
    }
    const { emergency, ...others } = samplePages(locale);
    expect(emergency).not.toContain(page.notWatched);
    for (const html of Object.values(others)) {
      expect(html).toContain(page.notWatched);
      expect(html).toContain(page.emergency);
    }
    expect(email.emergency + page.emergency).toMatch(/911.*911/);
  });
});

describe('the reading level', () => {
  it.each(Object.entries(sampleEmails('en')))('of the English email "%s" is grade 6 or below', (_, model) => {
    const { body, safety, why } = emailContent(model);
    const text = body.flatMap((block) => {
      if (block.kind === 'paragraph') return [block.text];
      if (block.kind === 'list') return [...block.items];
      return block.kind === 'scale' ? [block.question, block.hint, block.note] : [];
    });
    expect(fleschKincaidGrade([...text, ...safety, why].join(' '))).toBeLessThanOrEqual(6);
  });

  it.each(Object.entries(samplePages('en')))('of the English page "%s" is grade 6 or below', (_, html) => {
    expect(fleschKincaidGrade(plain(html))).toBeLessThanOrEqual(6);
  });

  it('of our own English sentences is grade 6 or below, taken together', () => {
    const own = [...catalogue('en')].filter(([path]) => !isQuoted(path)).map(([, text]) => text);
    expect(fleschKincaidGrade(own.join('. '))).toBeLessThanOrEqual(6);
  });

  it('of our own Spanish sentences is at least "quite easy" (65) on the INFLESZ scale', () => {
    const own = [...catalogue('es')].filter(([path]) => !isQuoted(path)).map(([, text]) => text);
    expect(szigrisztPazos(own.join('. '))).toBeGreaterThanOrEqual(65);
  });
});
