import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { publicReleaseSchema, type Release } from '../../../shared/outcomes/release/release-schema.ts';
import { startLab } from '../../support/labs/dynamo-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { baseUrl, type StatsHarness, statsHarness } from '../../support/labs/stats-harness.ts';
import { sampleRelease, sampleShares, shownIn } from '../../support/samples/release-samples.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const paths = [
  '/stats',
  '/stats/latest.json',
  '/stats/latest.csv',
  '/stats/releases/2.json',
  '/stats/charts/facet-improved.svg',
  '/stats/embed.js',
  '/stats/release.v1.schema.json',
];

const lab = sharedLab(startLab);
let stats: StatsHarness;
let first: Release;
let second: Release;

beforeAll(async () => {
  stats = await statsHarness(lab());
  first = sampleRelease();
  const worse = { ...sampleShares, 'facet-joint-injection': { improved: 89, 'improved-over-half': 77 } };
  second = sampleRelease(worse, [first], 60);
  await stats.publish(first);
  await stats.publish(second);
});

const problemOf = ({ headers, body }: { headers: Readonly<Record<string, string>>; body: string }) => ({
  type: headers['content-type'],
  status: JSON.parse(body).status,
});

describe('what is served', () => {
  it('is the latest release as its canonical text, whose plain SHA-256 is the digest and the ETag', async () => {
    const { status, headers, body } = await stats.get('/stats/latest.json');
    expect(status).toBe(200);
    expect(publicReleaseSchema.parse(JSON.parse(body))).toEqual(second.public);
    expect(sha256(body)).toBe(second.digest);
    expect(headers['etag']).toBe(`"${second.digest}"`);
    expect(headers['content-type']).toBe('application/json');
  });

  it('is any earlier release under its number, unchanged', async () => {
    const { body, headers } = await stats.get('/stats/releases/1.json');
    expect(sha256(body)).toBe(first.digest);
    expect(headers['etag']).toBe(`"${first.digest}"`);
    expect(second.public.previousDigest).toBe(sha256(body));
  });

  it('is a table with a row for each claim that a spreadsheet reads', async () => {
    const { body, headers } = await stats.get('/stats/latest.csv');
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toBe('attachment; filename="release-2.csv"');
    expect(body.startsWith('\uFEFF')).toBe(true);
    const rows: Record<string, string>[] = parse(body, {
      bom: true,
      columns: true,
      record_delimiter: '\r\n',
    });
    expect(rows.map(({ claim }) => claim)).toEqual(second.public.claims.map(({ id }) => id));
    expect(rows[0]).toMatchObject({
      percent: String(shownIn(second, 'facet-improved').percent),
      sample_data: 'yes',
    });
  });

  it('is a chart, in the language asked for', async () => {
    const { body, headers } = await stats.get('/stats/charts/facet-improved.svg?lang=es');
    expect(headers['content-type']).toBe('image/svg+xml; charset=utf-8');
    expect(body).toContain(`<title id="title">${shownIn(second, 'facet-improved').sentence.es}</title>`);
  });

  it('is the schema of the data, which the data points to', async () => {
    const { headers } = await stats.get('/stats/latest.json');
    const path = /^<([^>]+)>; rel="describedby"/.exec(headers['link'] ?? '')?.[1];
    expect(JSON.parse((await stats.get(path ?? '')).body).title).toBe(
      'A release of outcome figures, version 1',
    );
  });

  it('is a script that knows where it comes from', async () => {
    const { body, headers } = await stats.get('/stats/embed.js');
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(body).toContain(`"${baseUrl}"`);
    expect(body).not.toContain('BASE_URL');
  });

  it('is a page that follows the data: after the fall it says less than before', async () => {
    const { body, headers } = await stats.get('/stats');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toContain(shownIn(second, 'facet-improved').sentence.en);
    expect(shownIn(second, 'facet-improved').percent).toBeLessThan(shownIn(first, 'facet-improved').percent);
    for (const claim of second.public.claims) {
      expect(body).toContain(claim.status === 'withheld' ? claim.explanation.en : claim.footnote.en);
    }
    expect(body).toContain('these patients are made up');
    expect(body).toContain(second.digest);
  });

  it('is in the language of the query, else of the browser, else of the clinic', async () => {
    const spanish = '<html lang="es">';
    expect((await stats.get('/stats?lang=es')).body).toContain(spanish);
    expect((await stats.get('/stats', { 'accept-language': 'es-MX,en;q=0.5' })).body).toContain(spanish);
    expect((await stats.get('/stats?lang=en', { 'accept-language': 'es' })).body).not.toContain(spanish);
    expect((await stats.get('/stats?lang=fr')).body).toContain('<html lang="en">');
    expect((await stats.get('/stats')).headers['vary']).toBe('accept-language');
  });
});

describe('how it is served', () => {
  it.each(paths)(
    '%s: kept five minutes, used one hour more while we are down, not sent twice',
    async (path) => {
      const { headers, body } = await stats.get(path);
      expect(headers['cache-control']).toBe('public, max-age=300, stale-if-error=3600');
      expect(headers['etag']).toBe(`"${sha256(body)}"`);
      for (const tag of [headers['etag'], `W/${headers['etag']}`, `"other", ${headers['etag']}`, '*']) {
        const again = await stats.get(path, { 'if-none-match': tag ?? '' });
        expect([again.status, again.body, again.headers['etag']]).toEqual([304, '', headers['etag']]);
        expect(again.headers['cache-control']).toBe(headers['cache-control']);
      }
      expect((await stats.get(path, { 'if-none-match': '"other"' })).status).toBe(200);
    },
  );

  it.each(paths.filter((path) => path !== '/stats'))('%s: any site may use it', async (path) => {
    const { headers } = await stats.get(path);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('lets the page run its own style and script, and nothing else', async () => {
    const { headers, body } = await stats.get('/stats');
    const hashOf = (tag: string): string => {
      const inline = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(body)?.[1] ?? '';
      return `'sha256-${createHash('sha256').update(inline, 'utf8').digest('base64')}'`;
    };
    const policy = headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src ${hashOf('script')};`);
    expect(policy).toContain(`style-src ${hashOf('style')};`);
    expect(policy).not.toContain('unsafe');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('what is refused', () => {
  it.each([
    '/stats/releases/3.json',
    '/stats/releases/0.json',
    '/stats/releases/01.json',
    '/stats/releases/latest.json',
    '/stats/releases/99999999.json',
    '/stats/charts/no-such-claim.svg',
    '/stats/charts/mild-improved.svg',
    '/stats/charts/..%2f..svg',
    '/stats/nothing',
  ])('%s: 404 with a problem body', async (path) => {
    const response = await stats.get(path);
    expect(response.status).toBe(404);
    expect(problemOf(response)).toEqual({ type: 'application/problem+json', status: 404 });
  });

  it('whatever else is asked, in whatever form, without an error', async () => {
    const piece = fc.oneof(
      fc.constantFrom('/stats', '/releases/', '/charts/', '.svg', '.json', '1', '..', '%00'),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 6 }),
        fc.string(),
        fc.string(),
        async (parts, lang, tag) => {
          const url = `${parts.join('').replaceAll('?', '')}?lang=${encodeURIComponent(lang)}`;
          const { status } = await stats.get(url, { 'if-none-match': tag, 'accept-language': lang });
          expect([200, 304, 404]).toContain(status);
        },
      ),
      { numRuns: 1000 },
    );
    expect(stats.errors).toEqual([]);
  });

  it('anything but reading', async () => {
    const response = await stats.get('/stats', {}, 'POST');
    expect([response.status, response.headers['allow']]).toEqual([405, 'GET, HEAD']);
    expect((await stats.get('/stats', {}, 'HEAD')).status).toBe(200);
  });
});

describe('before the first release', () => {
  it('the page says so, and everything else is 404', async () => {
    const empty = await statsHarness(lab(), { locale: 'es' });
    const page = await empty.get('/stats');
    expect([page.status, page.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(page.body).toContain('Todavía no hay nada publicado');
    for (const path of [
      '/stats/latest.json',
      '/stats/latest.csv',
      '/stats/releases/1.json',
      '/stats/charts/facet-improved.svg',
    ]) {
      expect(problemOf(await empty.get(path))).toEqual({ type: 'application/problem+json', status: 404 });
    }
    expect((await empty.get('/stats/embed.js')).status).toBe(200);
  });
});
