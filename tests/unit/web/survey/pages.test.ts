import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { AnswerProblem } from '../../../../shared/care/survey/answers.ts';
import { messagesFor } from '../../../../shared/messages/messages.ts';
import { locales } from '../../../../shared/platform/locale.ts';
import { familyIds } from '../../../../shared/protocol/families.ts';
import { hashSource } from '../../../../shared/web/house/headers.ts';
import { renderThanksPage } from '../../../../shared/web/survey/answered/answered-pages.tsx';
import { pageHeaders } from '../../../../shared/web/survey/headers.ts';
import { renderHelpPage, renderMessagePage } from '../../../../shared/web/survey/pages.tsx';
import { renderSurveyPage } from '../../../../shared/web/survey/survey-page.tsx';
import { asked, sampleFrame, samplePages } from '../../../support/samples/page-samples.ts';

/** A survey page without the line that says which visit it asks about. */
const withoutVisit = (html: string): string => html.replace(/(?:About your visit|Sobre su visita)[^<]*/, '');

const pages = locales.flatMap((locale) =>
  Object.entries(samplePages(locale)).map(([name, html]) => ({ locale, name, html })),
);

describe.each(pages)('page $locale/$name', ({ locale, name, html }) => {
  it('weighs at most 8 KB compressed, and loads nothing else', () => {
    expect(gzipSync(html).length).toBeLessThanOrEqual(8 * 1024);
    expect(html).not.toMatch(/<(?:img|script [^>]*src|link|iframe)|url\(|@import/i);
  });

  it('has its style and script allowed by hash, and no style attribute or inline handler', () => {
    const styles = [...html.matchAll(/<style>(.*?)<\/style>/gs)].map(([, style]) => style ?? '');
    expect(styles).toHaveLength(1);
    for (const style of styles) {
      const digest = createHash('sha256').update(style).digest('base64');
      expect(pageHeaders['Content-Security-Policy']).toContain(`style-src 'sha256-${digest}'`);
    }
    const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script]) => script ?? '');
    expect(scripts.length).toBeLessThanOrEqual(1);
    for (const script of scripts) {
      expect(pageHeaders['Content-Security-Policy']).toContain(`script-src ${hashSource(script)}`);
    }
    expect(html.replaceAll(/<style>.*?<\/style>/gs, '')).not.toMatch(/<[^>]+\s(?:style|on[a-z]+)=/i);
  });

  it('declares its language, has one first-level heading, and offers the other language', () => {
    expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${locale}">`));
    expect(html.match(/<h1>/g)).toHaveLength(1);
    for (const other of name === 'emergency' ? [] : locales.filter((each) => each !== locale)) {
      expect(html).toMatch(new RegExp(`lang=${other}"|name="language" value="${other}"`));
    }
  });

  it('has no duplicate id and no reference to a missing one', () => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const references = [
      ...html.matchAll(/(?:aria-describedby|aria-labelledby|for)="([^"]+)"|href="#([^"]+)"/g),
    ];
    for (const [, list, anchor] of references) {
      for (const id of (list ?? anchor ?? '').split(' ')) expect(ids).toContain(id);
    }
  });

  it('names no procedure but in the line that says which visit it asks about', () => {
    expect(withoutVisit(html)).not.toMatch(
      /injec|inyec|epidural|facet|radiofre|ablat|ablac|steroid|esteroid|decompr|descompr|\bmild\b/i,
    );
  });
});

describe('the headers of a page', () => {
  it('allow nothing but the page itself', () => {
    const policy = pageHeaders['Content-Security-Policy'].replaceAll(/'sha256-[^']+'/g, 'HASH');
    expect({ ...pageHeaders, 'Content-Security-Policy': policy }).toMatchSnapshot();
    expect(hashSource('')).toBe("'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
  });
});

describe('the survey page', () => {
  const frame = sampleFrame('en');

  it('checks exactly the values it is given', () => {
    const html = renderSurveyPage({
      ...asked,
      frame,
      family: 'mild',
      values: { nrsPain: '7', condition: 'same' },
    });
    const picked = [...html.matchAll(/<input[^>]*\schecked[^>]*>/g)].map(([tag]) => [
      /name="(\w+)"/.exec(tag)?.[1],
      /value="(\w+)"/.exec(tag)?.[1],
    ]);
    expect(picked).toEqual([
      ['condition', 'same'],
      ['nrsPain', '7'],
    ]);
  });

  it('is the same page for all families that have the same items, but for the line about the visit', () => {
    const htmls = familyIds
      .filter((family) => family !== 'mild')
      .map((family) => renderSurveyPage({ ...asked, frame, family, values: {} }));
    expect(new Set(htmls.map(withoutVisit)).size).toBe(1);
    expect(new Set(htmls).size).toBe(htmls.length);
  });

  it('links each problem to its field, and repeats it there', () => {
    const problems: readonly AnswerProblem[] = [
      { item: 'condition', problem: 'required' },
      { item: 'pegPain', problem: 'out-of-range' },
    ];
    const html = renderSurveyPage({ ...asked, frame, family: 'mild', values: {}, problems });
    expect(html).toContain('<title>Error: ');
    for (const { item } of problems) {
      expect(html).toContain(`href="#${item}-first"`);
      expect(html).toContain(`id="${item}-error"`);
      expect(html).toMatch(new RegExp(`aria-describedby="[^"]*${item}-error`));
    }
  });

  it('never shows the name of an unknown field', () => {
    const problems: readonly AnswerProblem[] = [{ item: 'evil<script>', problem: 'unknown-item' }];
    const html = renderSurveyPage({ ...asked, frame, family: 'mild', values: {}, problems });
    expect(html).not.toContain('evil');
    expect(html).toContain(messagesFor('en').survey.problems['unknown-item']);
  });

  it('says that data are synthetic only where they are', () => {
    const { synthetic } = messagesFor('en').page;
    expect(renderSurveyPage({ ...asked, frame, family: 'mild', values: {} })).not.toContain(synthetic);
    expect(
      renderSurveyPage({ ...asked, frame: { ...frame, synthetic: true }, family: 'mild', values: {} }),
    ).toContain(synthetic);
  });

  it.each([
    '"><script>alert(1)</script>',
    "' autofocus onfocus=alert(1) x='",
    '</form><img src=x onerror=alert(1)>',
  ])('escapes %j wherever it is echoed', (attack) => {
    const clinic = { name: attack, phone: attack };
    const html = [
      renderSurveyPage({
        ...asked,
        frame: { ...frame, clinic, path: `/s/${attack}` },
        family: 'mild',
        values: { improvementPercent: attack, condition: attack },
      }),
      renderHelpPage({ ...frame, clinic }, [attack]),
      renderThanksPage({
        frame: { ...frame, clinic },
        isLate: false,
        change: { href: attack, until: '2026-03-08' },
      }),
      renderMessagePage({ locale: 'en', clinic }, 'problem'),
    ].join('');
    expect(html).not.toMatch(/<script>alert|<(?:script [^>]|img)/i);
    expect(html.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\son[a-z]+=/i);
  });
});

describe('a page for a link that does not work', () => {
  it('has the same bytes whatever the request', () => {
    const { locale, clinic } = sampleFrame('en');
    expect(renderMessagePage(sampleFrame('en'), 'not-found')).toBe(
      renderMessagePage({ locale, clinic }, 'not-found'),
    );
  });
});
