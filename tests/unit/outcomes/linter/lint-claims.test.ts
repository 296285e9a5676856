import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintClaims } from '../../../../shared/outcomes/linter/lint-claims.ts';
import { locales } from '../../../../shared/platform/locale.ts';
import { renderStatsPage } from '../../../../shared/web/stats/stats-page.tsx';
import { sampleDay, sampleRelease } from '../../../support/samples/release-samples.ts';

const { public: release, digest } = sampleRelease();
const lint = (html: string) =>
  lintClaims(html, release, sampleDay).map(({ line, words, outcome, claim, reason }) => ({
    line,
    words,
    outcome,
    claim,
    reason,
  }));
const resultsOf = (html: string) =>
  lint(html).map(({ claim, outcome, reason }) => [claim, reason ?? outcome]);

describe('the linter of published numbers', () => {
  it.each([
    ['Over 91% of our facet joint injection patients report improvement.', 'facet-improved', 'supported'],
    ['Over 90% of our facet joint injection patients report improvement.', 'facet-improved', 'supported'],
    ['At least 91% of our facet patients report improvement.', 'facet-improved', 'supported'],
    ['Over 92% of our facet patients report improvement.', 'facet-improved', 'too-high'],
    ['95% of our facet patients improved.', 'facet-improved', 'too-high'],
    ['90% of our facet patients improved.', 'facet-improved', 'other-figure'],
    ['91.4% of our facet patients improved.', 'facet-improved', 'too-precise'],
    ['Up to 90% of our facet patients improved.', 'facet-improved', 'too-high'],
    [
      'More than 75 percent of our facet patients report improvement of more than 50%.',
      'facet-over-half',
      'supported',
    ],
    ['Over 78% of our facet patients report more than 50% improvement.', 'facet-over-half', 'too-high'],
    ['Over 89% of our epidural patients report improvement.', 'epidural-improved', 'supported'],
    ['86% of our patients report less pain.', 'overall-less-pain', 'supported'],
    ['Over 86% of our patients report less pain.', 'overall-less-pain', 'too-high'],
    ['Over 85% of our patients report less pain.', 'overall-less-pain', 'supported'],
    ['84% of our patients report better quality of life.', 'overall-quality-of-life', 'supported'],
    ['83% of our patients report better quality of life.', 'overall-quality-of-life', 'other-figure'],
    ['81% of our patients report better physical function.', 'overall-better-function', 'supported'],
    ['Nine out of ten of our facet patients get better.', 'facet-improved', 'other-figure'],
    ['Ninety-five percent of our facet patients get better.', 'facet-improved', 'too-high'],
    ['90%+ of our facet patients get better.', 'facet-improved', 'supported'],
    ['Over 60% of our mild&reg; patients report improvement.', 'mild-improved', 'withheld'],
    ['70% of our patients with radiofrequency ablation improved.', null, 'no-such-claim'],
    [
      'Más del 91 % de nuestros pacientes con inyección facetaria refieren mejoría.',
      'facet-improved',
      'supported',
    ],
    [
      'Más del 95&nbsp;% de nuestros pacientes con inyección facetaria refieren mejoría.',
      'facet-improved',
      'too-high',
    ],
    ['El 86 % de nuestros pacientes refieren menos dolor.', 'overall-less-pain', 'supported'],
    ['9 de cada 10 de nuestros pacientes refieren menos dolor.', 'overall-less-pain', 'too-high'],
  ])('%s', (text, claim, result) => {
    expect(resultsOf(`<p>${text}</p>`)).toEqual([[claim, result]]);
  });

  it('distinguishes several numbers in one sentence', () => {
    expect(
      resultsOf(
        '<p>84% of our patients report better quality of life, 86% less pain and 90% better function.</p>',
      ),
    ).toEqual([
      ['overall-quality-of-life', 'supported'],
      ['overall-less-pain', 'supported'],
      ['overall-better-function', 'too-high'],
    ]);
  });

  it('finds the procedure in the heading, and the number across tags and lines', () => {
    expect(
      lint(
        '<h2>Facet joint\ninjections</h2>\n<p>Over\n<strong>95</strong>%\nof our patients <em>improve</em>.</p>',
      ),
    ).toEqual([
      { line: 3, words: 'Over 95%', outcome: 'not-supported', claim: 'facet-improved', reason: 'too-high' },
    ]);
  });

  it('reads images, labels and descriptions, but neither scripts nor comments', () => {
    const page =
      '<meta name="description" content="Over 97% of our facet patients improve">\n' +
      '<script>const text = "over 99% of our facet patients improve"</script><!-- over 98% of our facet patients improve -->\n' +
      "<img alt='95% of our patients report less pain'>";
    expect(lint(page).map(({ line, words }) => [line, words])).toEqual([
      [1, 'Over 97%'],
      [3, '95%'],
    ]);
  });

  it.each([
    ['<p>79% of patients had mild&reg; success.</p>', 'no-source'],
    ['<p>79% of mild® patients stand longer. Mekhail et al. 2021.</p>', 'cited'],
    ['<p>79% of mild® patients stand longer (<a href="https://doi.org/10.1000/1">study</a>).</p>', 'cited'],
    [
      '<p>79% of our mild® patients stand longer (<a href="https://doi.org/10.1000/1">study</a>).</p>',
      'withheld',
    ],
  ])('a figure from elsewhere needs a source, and never becomes the clinic’s own: %s', (html, expected) => {
    expect(resultsOf(html).map(([, result]) => result)).toEqual([expected]);
  });

  it.each([
    'Get 20% off your next massage.',
    'We are open 365 days, 100% of the time.',
    'A 95% confidence interval says how sure our patients’ figure is.',
    'Mild pain is normal after a facet joint injection.',
  ])('ignores what is not an outcome: %s', (text) => {
    expect(lint(`<p>${text}</p>`)).toEqual([]);
  });

  it('no longer supports a claim after a year', () => {
    const page = '<p>Over 91% of our facet joint injection patients report improvement.</p>';
    expect(lintClaims(page, release, '2027-11-15')[0]?.outcome).toBe('supported');
    expect(lintClaims(page, release, '2027-11-16')[0]?.reason).toBe('stale');
  });

  it('suggests the sentence to use instead', () => {
    const [finding] = lintClaims('<p>95% of our facet patients improved.</p>', release);
    expect(finding?.instead).toBe(
      'Over 91% of our facet joint injection patients report improvement in their condition.',
    );
  });

  it.each(locales)('finds nothing unsupported on our own page in %s', (locale) => {
    const frame = {
      locale,
      clinic: 'Clinic',
      baseUrl: 'https://a.example',
      release,
      digest,
      today: sampleDay,
    };
    const findings = lintClaims(renderStatsPage(frame), release, sampleDay);
    expect(findings.filter(({ outcome }) => outcome !== 'supported')).toEqual([]);
    const shown = release.claims.filter(({ status }) => status !== 'withheld').map(({ id }) => id);
    expect(shown.filter((id) => !findings.some(({ claim }) => claim === id))).toEqual([]);
  });

  it('never throws, whatever the input, and reports existing lines', () => {
    const bits = fc.constantFrom(
      '<p>',
      '</p>',
      '<',
      '>',
      '"',
      "'",
      '&#x110000;',
      '&reg;',
      '\n',
      '90% of our facet patients improve',
      '<script>',
      '<!--',
      'more than',
      ' 9 out of 10 ',
      'a.b.',
      '<img alt="',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 30 }), (parts) => {
        const html = parts.join('');
        const last = html.split('\n').length;
        for (const { line } of lintClaims(html, release)) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(last);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['<a ', '<a "', "<a '", '<!--', '<script>', '&#', '& ', '. ', '9 out of ', 'over '])(
    'terminates on 100,000 times %j',
    (piece) => {
      expect(lintClaims(piece.repeat(100_000), release)).toEqual([]);
    },
  );

  it('reports the line of an image’s text, also after characters outside the basic plane', () => {
    const page = `\n\n<img alt="${'😀'.repeat(50)} 95% of our patients report less pain">`;
    expect(lint(page).map(({ line }) => line)).toEqual([3]);
  });

  it('reads a page of half a megabyte', () => {
    const page = '<p>Over 91% of our facet patients improve. </p>\n'.repeat(10_000);
    expect(lintClaims(page, release)).toHaveLength(10_000);
  });
});
