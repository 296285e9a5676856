import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import canonicalize from 'canonicalize';
import type { PublishedRelease } from '../../shared/outcomes/release/aws/release-store.ts';
import type { ShownClaim } from '../../shared/outcomes/release/release-schema.ts';
import { HttpError, type HttpResponse } from '../../shared/platform/http/http.ts';
import { type Locale, localeFrom } from '../../shared/platform/locale.ts';
import type { Clock } from '../../shared/platform/ports.ts';
import { utcDateOf } from '../../shared/platform/time.ts';
import { renderChartFile } from '../../shared/web/stats/chart-file.tsx';
import { renderCsv } from '../../shared/web/stats/csv.ts';
import { renderEmbed } from '../../shared/web/stats/embed.ts';
import { chartFileHeaders, statsPageHeaders } from '../../shared/web/stats/headers.ts';
import { releaseJsonSchema, releaseSchemaPath } from '../../shared/web/stats/release-json-schema.ts';
import { renderNoFiguresPage, renderStatsPage } from '../../shared/web/stats/stats-page.tsx';
import type { FoundRelease, ServedReleases } from './releases.ts';
import { cachedAnswer, problem, sharedAnswer } from './responses.ts';
import { routeOf, type StatsRoute } from './routes.ts';

export type StatsParts = {
  readonly releases: ServedReleases;
  readonly clock: Clock;
  readonly clinic: string;
  readonly baseUrl: string;
  readonly defaultLocale: Locale;
};

const html = 'text/html; charset=utf-8';

/** Takes a language, a status and why there are no figures, gives the page that says so; no cache keeps it. */
export const noFiguresPage = (
  clinic: string,
  locale: Locale,
  statusCode: number,
  reason: 'empty' | 'unavailable',
): HttpResponse => ({
  statusCode,
  headers: { 'content-type': html, ...statsPageHeaders },
  body: renderNoFiguresPage({ locale, clinic }, reason),
});

const page = (parts: StatsParts, { release, digest }: PublishedRelease, locale: Locale): HttpResponse => {
  const { clinic, baseUrl, clock } = parts;
  const today = utcDateOf(clock.now());
  const body = renderStatsPage({ locale, clinic, baseUrl, release, digest, today });
  return cachedAnswer(html, body, {
    ...statsPageHeaders,
    vary: 'accept-language',
    'x-robots-tag': release.synthetic ? 'noindex, nofollow' : 'all',
  });
};

const json = ({ release }: PublishedRelease): HttpResponse =>
  sharedAnswer('application/json', canonicalize(release) ?? '', {
    link: `<${releaseSchemaPath}>; rel="describedby"; type="application/schema+json"`,
  });

const fixedAnswer = ({ baseUrl }: StatsParts, kind: 'embed' | 'schema'): HttpResponse =>
  kind === 'embed'
    ? sharedAnswer('text/javascript; charset=utf-8', renderEmbed(baseUrl))
    : sharedAnswer('application/schema+json', JSON.stringify(releaseJsonSchema()));

const csv = ({ release }: PublishedRelease, locale: Locale): HttpResponse =>
  sharedAnswer('text/csv; charset=utf-8', renderCsv(release, locale), {
    'content-disposition': `attachment; filename="release-${release.number}.csv"`,
  });

const chart = (
  { baseUrl }: StatsParts,
  { release }: PublishedRelease,
  id: string,
  locale: Locale,
): HttpResponse => {
  const claim = release.claims.find(
    (candidate): candidate is ShownClaim => candidate.id === id && candidate.status !== 'withheld',
  );
  if (claim === undefined) return problem(404, 'The latest release shows no claim of this name.');
  const body = renderChartFile({ claim, release, locale, url: `${baseUrl}/stats` });
  return sharedAnswer('image/svg+xml; charset=utf-8', body, chartFileHeaders);
};

const missing: Readonly<Record<Exclude<FoundRelease['status'], 'intact'>, HttpResponse>> = {
  none: problem(404, 'There is no such release. /stats says whether anything is published yet.'),
  altered: problem(
    503,
    'The release does not have the digest that it was published with, so it is not shown.',
  ),
};

const answerWith = (
  parts: StatsParts,
  route: Exclude<StatsRoute, { readonly kind: 'embed' | 'schema' }>,
  found: PublishedRelease,
  locale: Locale,
): HttpResponse => {
  switch (route.kind) {
    case 'page':
      return page(parts, found, locale);
    case 'latest-csv':
      return csv(found, locale);
    case 'chart':
      return chart(parts, found, route.claim, locale);
    case 'latest-json':
    case 'release':
      return json(found);
  }
};

/** Files are the same for everybody who asks for the same address; only the page follows the browser. */
const localeOf = (
  { queryStringParameters, headers }: APIGatewayProxyEventV2,
  { kind }: StatsRoute,
  defaultLocale: Locale,
): Locale =>
  localeFrom(queryStringParameters?.['lang']) ??
  (kind === 'page' ? localeFrom(headers['accept-language']?.split(',')[0]) : undefined) ??
  defaultLocale;

/** Takes the parts, gives what answers a request for the statistics. A release is verified before any answer. */
export const serveStatsWith =
  (parts: StatsParts) =>
  async (event: APIGatewayProxyEventV2): Promise<HttpResponse> => {
    const route = routeOf(event.rawPath);
    if (route === undefined) throw new HttpError(404, 'There is nothing at this address.');
    if (route.kind === 'embed' || route.kind === 'schema') return fixedAnswer(parts, route.kind);
    const { releases } = parts;
    const locale = localeOf(event, route, parts.defaultLocale);
    const found = await (route.kind === 'release' ? releases.get(route.number) : releases.latest());
    if (found.status === 'intact') return answerWith(parts, route, found, locale);
    if (route.kind !== 'page') return missing[found.status];
    return found.status === 'none'
      ? noFiguresPage(parts.clinic, locale, 200, 'empty')
      : noFiguresPage(parts.clinic, locale, 503, 'unavailable');
  };
