import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { statsMessagesFor } from '../../../../shared/messages/stats/messages.ts';
import { bands } from '../../../../shared/outcomes/disclosure/disclosure.ts';
import { isStale, type PublicRelease } from '../../../../shared/outcomes/release/release-schema.ts';
import { locales } from '../../../../shared/platform/locale.ts';
import { positionOf } from '../../../../shared/web/stats/chart.tsx';
import { chartFileStyles, linesOf, renderChartFile } from '../../../../shared/web/stats/chart-file.tsx';
import { renderCsv } from '../../../../shared/web/stats/csv.ts';
import { statsStyleSheet } from '../../../../shared/web/stats/styles.ts';
import { sampleRelease, shownIn } from '../../../support/samples/release-samples.ts';

const sample = sampleRelease();

const { public: release } = sample;

const claim = shownIn(sample, 'facet-improved');

const rowsOf = (content: PublicRelease): readonly Readonly<Record<string, string>>[] =>
  parse(renderCsv(content, 'en'), { bom: true, columns: true, record_delimiter: '\r\n' });

describe('the CSV file', () => {
  it('has a row per claim of the release, withheld claims with their reason', () => {
    const rows = rowsOf(release);
    expect(rows.map((row) => [row['claim'], row['status']])).toEqual(
      release.claims.map(({ id, status }) => [id, status]),
    );
    expect(rows[0]).toMatchObject({
      percent: String(claim.percent),
      interval_low_percent: String(claim.interval.low),
      answered: claim.answered,
      treated_from: '2025-07-01',
      treated_to: '2026-06-30',
      footnote: claim.footnote.en,
      why_not_shown: '',
    });
    const withheld = rows.find((row) => row['claim'] === 'mild-improved');
    expect(withheld).toMatchObject({ percent: '', sentence: '', treated_from: '' });
    expect(withheld?.['why_not_shown']).toMatch(/^Not shown/);
  });

  it('ends its lines as RFC 4180 requires, and marks itself as UTF-8', () => {
    const csv = renderCsv(release, 'es');
    expect(Buffer.from(csv).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(csv.endsWith('\r\n')).toBe(true);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("https://a.example","b")'])(
    'escapes cells that look like formulas: %j',
    (text) => {
      const claims = [{ ...claim, sentence: { en: text, es: text } }];
      expect(renderCsv({ ...release, claims }, 'en')).toMatch(/,"?'[=+\-@\t\r]/);
    },
  );

  it('has no band that a spreadsheet would turn into a date', () => {
    for (const { label } of bands) expect(label).not.toMatch(/^\d{1,2}-(?:\d|1\d|2\d|3[01])$/);
  });
});

describe('the chart', () => {
  it.each(locales)('has its texts, escaped, and loads nothing, in %s', (locale) => {
    const svg = renderChartFile({ claim, release, locale, url: 'https://a.example/stats?a=1&b=2' });
    expect(svg).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/);
    expect(svg).toContain(`<title id="title">${claim.sentence[locale]}</title>`);
    expect(svg).toMatch(/role="img" aria-labelledby="title desc"/);
    expect(svg).not.toMatch(/@import|url\(|<image|<script|href=|@font-face/);
  });

  it('draws the interval where it is', () => {
    const svg = renderChartFile({ claim, release, locale: 'en', url: 'https://a.example' });
    const width = positionOf(claim.interval.high) - positionOf(claim.interval.low);
    expect(svg).toContain(`x="${positionOf(claim.interval.low)}" y="28" width="${width}"`);
    expect(svg).toContain(`d="M${positionOf(claim.percent)} 22V52"`);
    expect(positionOf(0)).toBeLessThan(positionOf(100));
  });

  it('breaks lines between words and loses none', () => {
    const text = 'Over 90% of our patients said so';
    for (const length of [1, 8, 12, 100]) expect(linesOf(text, length).join(' ')).toBe(text);
    expect(linesOf(text, 12)).toEqual(['Over 90% of', 'our patients', 'said so']);
  });
});

describe('the texts and styles of the statistics', () => {
  it('have styles that reach the page unescaped', () => {
    for (const styles of [statsStyleSheet, chartFileStyles]) expect(styles).not.toMatch(/["&<]/);
  });

  it('are the same set in each language, none empty', () => {
    const textsOf = (value: unknown, path: string): readonly (readonly [string, string])[] => {
      if (typeof value === 'string') return [[path, value]];
      if (typeof value === 'function') return [[path, String(value('«1»', '«2»', '«3»'))]];
      return Object.entries(Object(value)).flatMap(([key, inner]) => textsOf(inner, `${path}.${key}`));
    };
    const english = new Map(textsOf(statsMessagesFor('en'), ''));
    for (const locale of locales) {
      const texts = textsOf(statsMessagesFor(locale), '');
      expect(texts.map(([path]) => path).toSorted()).toEqual([...english.keys()].toSorted());
      for (const [path, text] of texts) {
        expect([path, text.trim() === '']).toEqual([path, false]);
        for (const filler of ['«1»', '«2»', '«3»']) {
          expect([path, text.includes(filler)]).toEqual([path, english.get(path)?.includes(filler)]);
        }
      }
    }
  });

  it('never say that a procedure works, cures or is the cause', () => {
    for (const { sentence, footnote } of release.claims.filter((each) => each.status !== 'withheld')) {
      for (const text of [...Object.values(sentence), ...Object.values(footnote)]) {
        expect(text).not.toMatch(
          /\bworks?\b|\bcures?\b|because|thanks to|\bfuncionan?\b|\bcuran?\b|gracias a/i,
        );
      }
    }
  });
});

it.each(locales)('the chart file keeps its layout, in %s', (locale) => {
  expect(renderChartFile({ claim, release, locale, url: 'https://a.example' })).toMatchSnapshot();
});

describe('the age of a claim', () => {
  it.each([
    ['2027-11-15', false],
    ['2027-11-16', true],
    ['2020-01-01', false],
  ] as const)('on %s a claim of 2026-11-16 is stale: %s', (today, stale) => {
    expect(isStale({ asOf: '2026-11-16' }, today)).toBe(stale);
  });
});
