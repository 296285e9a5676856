import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import canonicalize from 'canonicalize';
import type { PublishedRelease } from '../../shared/outcomes/release/aws/release-store.ts';
import type { ShownClaim } from '../../shared/outcomes/release/release-schema.ts';
import { HttpError, type HttpResponse } from '../../shared/platform/http/http.ts';
import type { Route } from '../../shared/platform/http/router.ts';
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
import { cachedResponse, problem, revalidated, sharedResponse } from './responses.ts';

export type StatsParts = {
  readonly releases: ServedReleases;
  readonly clock: Clock;
  readonly clinic: string;
  readonly baseUrl: string;
  readonly defaultLocale: Locale;
};

/** The page; everything else is a file. */
export const pagePath = '/stats';

const html = 'text/html; charset=utf-8';

/** Creates the page that explains why there are no figures. No cache keeps it. */
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

const queryLocale = ({ queryStringParameters }: APIGatewayProxyEventV2): Locale | undefined =>
  localeFrom(queryStringParameters?.['lang']);

/** A file is the same for everyone who requests the same URL: it does not follow the browser. */
const fileLocale = (event: APIGatewayProxyEventV2, { defaultLocale }: StatsParts): Locale =>
  queryLocale(event) ?? defaultLocale;

const pageLocale = (event: APIGatewayProxyEventV2, { defaultLocale }: StatsParts): Locale =>
  queryLocale(event) ?? localeFrom(event.headers['accept-language']?.split(',')[0]) ?? defaultLocale;

const page = (parts: StatsParts, { release, digest }: PublishedRelease, locale: Locale): HttpResponse => {
  const { clinic, baseUrl, clock } = parts;
  const today = utcDateOf(clock.now());
  const body = renderStatsPage({ locale, clinic, baseUrl, release, digest, today });
  return cachedResponse(html, body, {
    ...statsPageHeaders,
    vary: 'accept-language',
    'x-robots-tag': release.synthetic ? 'noindex, nofollow' : 'all',
  });
};

const json = ({ release }: PublishedRelease): HttpResponse =>
  sharedResponse('application/json', canonicalize(release) ?? '', {
    link: `<${releaseSchemaPath}>; rel="describedby"; type="application/schema+json"`,
  });

const csv = ({ release }: PublishedRelease, locale: Locale): HttpResponse =>
  sharedResponse('text/csv; charset=utf-8', renderCsv(release, locale), {
    'content-disposition': `attachment; filename="release-${release.number}.csv"`,
  });

const chart = (
  { baseUrl }: StatsParts,
  { release }: PublishedRelease,
  id: string | undefined,
  locale: Locale,
): HttpResponse => {
  const claim = release.claims.find(
    (candidate): candidate is ShownClaim => candidate.id === id && candidate.status !== 'withheld',
  );
  if (claim === undefined) return problem(404, 'The latest release shows no claim of this name.');
  const body = renderChartFile({ claim, release, locale, url: `${baseUrl}${pagePath}` });
  return sharedResponse('image/svg+xml; charset=utf-8', body, chartFileHeaders);
};

const missing: Readonly<Record<Exclude<FoundRelease['outcome'], 'intact'>, HttpResponse>> = {
  none: problem(404, 'There is no such release. /stats says whether anything is published yet.'),
  altered: problem(
    503,
    'The release does not have the digest that it was published with, so it is not shown.',
  ),
};

/** A file made from a release, or why there is none. */
const file = async (
  release: Promise<FoundRelease>,
  render: (release: PublishedRelease) => HttpResponse,
): Promise<HttpResponse> => {
  const found = await release;
  return found.outcome === 'intact' ? render(found) : missing[found.outcome];
};

/** A release's number as its path spells it: no leading zero, at most eight digits. */
const releaseNumber = /^[1-9]\d{0,7}$/;

const numberOf = (text: string): number => {
  if (!releaseNumber.test(text)) throw new HttpError(404, 'There is nothing at this address.');
  return Number(text);
};

const servePage = async (parts: StatsParts, event: APIGatewayProxyEventV2): Promise<HttpResponse> => {
  const locale = pageLocale(event, parts);
  const found = await parts.releases.latest();
  switch (found.outcome) {
    case 'intact':
      return page(parts, found, locale);
    case 'none':
      return noFiguresPage(parts.clinic, locale, 200, 'empty');
    case 'altered':
      return noFiguresPage(parts.clinic, locale, 503, 'unavailable');
  }
};

const get = (path: string, respond: Route['respond']): Route => ({
  method: 'GET',
  path,
  respond: async (event, parameters) => revalidated(event, await respond(event, parameters)),
});

/** The routes of the statistics. A release is verified before any response. */
export const statsRoutes = (parts: StatsParts): readonly Route[] => {
  const { releases, baseUrl } = parts;
  return [
    get(pagePath, (event) => servePage(parts, event)),
    get('/stats/latest.json', () => file(releases.latest(), json)),
    get('/stats/latest.csv', (event) =>
      file(releases.latest(), (release) => csv(release, fileLocale(event, parts))),
    ),
    get('/stats/releases/{id}.json', (_event, { id = '' }) => file(releases.get(numberOf(id)), json)),
    get('/stats/charts/{claim}.svg', (event, { claim }) =>
      file(releases.latest(), (release) => chart(parts, release, claim, fileLocale(event, parts))),
    ),
    get('/stats/embed.js', async () =>
      sharedResponse('text/javascript; charset=utf-8', renderEmbed(baseUrl)),
    ),
    get(releaseSchemaPath, async () =>
      sharedResponse('application/schema+json', JSON.stringify(releaseJsonSchema())),
    ),
  ];
};
