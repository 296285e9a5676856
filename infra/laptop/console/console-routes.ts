import { randomInt } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type ComponentChildren, h } from 'preact';
import { isEpisodeId, isPatientId } from '../../../shared/care/patient/ids.ts';
import type { HttpHandler, HttpRoute } from '../emulation/http/http-routes.ts';
import type { ConsoleActions, ConsoleData } from './console-data.ts';
import { formOf, readMove, readProcedure } from './console-forms.ts';
import { EmailPage, InboxPage } from './email-pages.tsx';
import { EpisodePage } from './episode-page.tsx';
import { type ConsoleFrame, renderConsole } from './frame.tsx';
import { Overview } from './overview.tsx';
import type { FormValues } from './procedure-form.tsx';
import { consoleStyle } from './style.ts';
import { episodePath, offeredZones, readable } from './words.ts';

type Result = APIGatewayProxyStructuredResultV2;

const pageSize = 50;

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
} as const;

/** An email's HTML keeps its inline styles, runs no script, and opens links in a new window. */
const emailHeaders = {
  ...pageHeaders,
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
} as const;

const isLocalHost = (host: string): boolean => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);

/**
 * True for requests the console's own pages can make. Another site open in the same browser must not post to
 * the console (foreign Origin), nor read it through a domain name of its own (DNS rebinding: foreign Host).
 */
const isSameOrigin = ({ headers, requestContext }: APIGatewayProxyEventV2): boolean => {
  const { host = '', origin } = headers;
  if (!isLocalHost(host)) return false;
  return requestContext.http.method === 'GET' || origin === undefined || origin === `http://${host}`;
};

const guarded =
  (handle: (event: APIGatewayProxyEventV2) => Promise<Result>): HttpHandler =>
  async (event) =>
    isSameOrigin(event)
      ? handle(event)
      : {
          statusCode: 403,
          headers: { 'content-type': 'text/plain' },
          body: 'The console accepts requests from its own pages on this machine only.',
        };

const seeOther = (location: string): Result => ({
  statusCode: 303,
  headers: { location, 'cache-control': 'no-store' },
});

const withNotice = (path: string, notice: string): Result =>
  seeOther(`${path}?${new URLSearchParams({ notice }).toString()}`);

const notices: Readonly<Record<string, string>> = {
  enrolled: 'Procedure recorded. Move the clock to the next due email to see it sent.',
  published: 'Everything the counts allow is published.',
  'not-moved': 'The clock was not moved: choose a later date.',
};

/** Maps the code in the query to one of our texts, so that no text from the address bar reaches the page. */
const noticeOf = (event: APIGatewayProxyEventV2): string | undefined => {
  const code = event.queryStringParameters?.['notice'] ?? '';
  const runs = /^moved-(\d{1,6})$/.exec(code)?.[1];
  return runs === undefined
    ? notices[code]
    : `The clock was moved; the sender ran ${runs} ${runs === '1' ? 'time' : 'times'}.`;
};

/** Creates the console's routes. They have no sign-in: serve them on the loopback interface only. */
export const consoleRoutes = (data: ConsoleData, actions: ConsoleActions): readonly HttpRoute[] => {
  const page = async (
    event: APIGatewayProxyEventV2,
    title: string,
    children: ComponentChildren,
    statusCode = 200,
  ): Promise<Result> => {
    const notice = noticeOf(event);
    const pause = await data.pause();
    const frame: ConsoleFrame = {
      clock: await data.clock(),
      ...(pause === undefined ? {} : { pause }),
      emails: data.inbox.count(),
      deadLetters: await data.deadLetters(),
      ...(notice !== undefined && { notice }),
    };
    return { statusCode, headers: pageHeaders, body: renderConsole({ frame, title, children }) };
  };

  const notFound = (event: APIGatewayProxyEventV2): Promise<Result> =>
    page(event, 'Not found', h('h1', null, 'Page not found'), 404);

  const overview = async (
    event: APIGatewayProxyEventV2,
    values: FormValues,
    problems: readonly string[],
  ): Promise<Result> => {
    const [episodes, sentences] = await Promise.all([data.episodes(25), data.sentences()]);
    const emails = data.inbox.list({ limit: 5 });
    const { procedures } = data;
    const content = h(Overview, { procedures, values, problems, episodes, emails, sentences });
    return page(event, 'Overview', content, problems.length > 0 ? 422 : 200);
  };

  const emptyForm = async (): Promise<FormValues> => ({
    patientId: `P-${randomInt(100_000, 1_000_000)}`,
    email: 'pat@example.com',
    serviceDate: (await data.clock()).now.slice(0, 10),
    zone: offeredZones[0] ?? '',
    locale: 'en',
  });

  const complete = async (event: APIGatewayProxyEventV2): Promise<Result> => {
    const values = formOf(event);
    const read = readProcedure(values);
    if (read.outcome === 'invalid') return overview(event, values, read.problems);
    const result = await actions.completeProcedure(read.procedure);
    return result.outcome === 'refused'
      ? overview(event, values, result.problems)
      : withNotice(episodePath(result.episode), 'enrolled');
  };

  /** The path of the page whose form was posted; `/` without a usable Referer. */
  const refererPath = (event: APIGatewayProxyEventV2): string =>
    /^http:\/\/[^/]+(\/[^?#]*)/.exec(event.headers['referer'] ?? '')?.[1] ?? '/';

  const moveClock = async (event: APIGatewayProxyEventV2): Promise<Result> => {
    const move = readMove(formOf(event));
    const { now } = await data.clock();
    const isBackwards = move?.kind === 'to-date' && move.date < now.slice(0, 10);
    if (move === undefined || isBackwards) return withNotice(refererPath(event), 'not-moved');
    const { senderRuns } = await actions.moveClock(move);
    return withNotice(refererPath(event), `moved-${senderRuns}`);
  };

  const publish = async (): Promise<Result> => {
    await actions.publish();
    return withNotice('/', 'published');
  };

  const episode = async (event: APIGatewayProxyEventV2): Promise<Result> => {
    const { patientId = '', episodeId = '' } = event.pathParameters ?? {};
    const isKey = isPatientId(patientId) && isEpisodeId(episodeId);
    const found = isKey ? await data.episode({ patientId, episodeId }) : undefined;
    if (found === undefined) return notFound(event);
    const emails = found.email === undefined ? [] : data.inbox.list({ to: found.email, limit: 100 });
    return page(event, `Episode of ${found.patientId}`, h(EpisodePage, { episode: found, emails }));
  };

  const inbox = async (event: APIGatewayProxyEventV2): Promise<Result> => {
    const requested = Number(event.queryStringParameters?.['offset'] ?? '0');
    const offset = Number.isSafeInteger(requested) && requested > 0 ? requested : 0;
    const emails = data.inbox.list({ limit: pageSize, offset });
    return page(event, 'Inbox', h(InboxPage, { emails, total: data.inbox.count(), offset, pageSize }));
  };

  const openEmail = (event: APIGatewayProxyEventV2) =>
    data.inbox.open(event.pathParameters?.['messageId'] ?? '');

  const email = async (event: APIGatewayProxyEventV2): Promise<Result> => {
    const found = await openEmail(event);
    if (found === undefined) return notFound(event);
    return page(event, `Email of ${readable(found.at)}`, h(EmailPage, { email: found }));
  };

  const emailHtml = async (event: APIGatewayProxyEventV2): Promise<Result> => {
    const html = (await openEmail(event))?.html;
    return html === undefined
      ? notFound(event)
      : { statusCode: 200, headers: emailHeaders, body: `<base target="_blank">${html}` };
  };

  const style = async (): Promise<Result> => ({
    statusCode: 200,
    headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' },
    body: consoleStyle,
  });

  return [
    { method: 'GET', path: '/', handler: guarded(async (event) => overview(event, await emptyForm(), [])) },
    { method: 'GET', path: '/console/console.css', handler: guarded(style) },
    { method: 'POST', path: '/console/procedures', handler: guarded(complete) },
    { method: 'POST', path: '/console/clock', handler: guarded(moveClock) },
    { method: 'POST', path: '/console/publish', handler: guarded(publish) },
    {
      method: 'GET',
      path: '/console/episodes/{patientId}/{episodeId}',
      handler: guarded(episode),
    },
    { method: 'GET', path: '/console/emails', handler: guarded(inbox) },
    { method: 'GET', path: '/console/emails/{messageId}', handler: guarded(email) },
    { method: 'GET', path: '/console/emails/{messageId}/html', handler: guarded(emailHtml) },
  ];
};
