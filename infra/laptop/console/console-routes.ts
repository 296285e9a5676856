import { randomInt } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type ComponentChildren, h } from 'preact';
import { isPatientId } from '../../../shared/care/patient/ids.ts';
import { isLocalDate } from '../../../shared/platform/time.ts';
import { isFamilyId } from '../../../shared/protocol/families.ts';
import type { HttpHandler, HttpRoute } from '../emulation/http/http-routes.ts';
import type { ConsoleActions, ConsoleData } from './console-data.ts';
import { formOf, readMove, readProcedure } from './console-forms.ts';
import { EmailPage, EpisodePage, InboxPage } from './details.tsx';
import { type ConsoleFrame, renderConsole } from './frame.tsx';
import { type FormValues, Overview } from './overview.tsx';
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

/** An email's HTML is shown as its sender wrote it: own styles, no script, links in a new window. */
const emailHeaders = {
  ...pageHeaders,
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
} as const;

const isLocalHost = (host: string): boolean => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);

/** Other sites that the same browser shows must neither read this page nor post to it. */
const isFromHere = ({ headers, requestContext }: APIGatewayProxyEventV2): boolean => {
  const { host = '', origin } = headers;
  if (!isLocalHost(host)) return false;
  return requestContext.http.method === 'GET' || origin === undefined || origin === `http://${host}`;
};

const guarded =
  (handle: (event: APIGatewayProxyEventV2) => Promise<Result>): HttpHandler =>
  async (event) =>
    isFromHere(event)
      ? handle(event)
      : { statusCode: 403, headers: { 'content-type': 'text/plain' }, body: 'The console is local only.' };

const seeOther = (location: string): Result => ({
  statusCode: 303,
  headers: { location, 'cache-control': 'no-store' },
});

const withNotice = (path: string, notice: string): Result =>
  seeOther(`${path}?${new URLSearchParams({ notice }).toString()}`);

const notices: Readonly<Record<string, string>> = {
  enrolled: 'The procedure is in. Move the clock to the next due email to see it sent.',
  published: 'What the counts allow is published.',
  'not-moved': 'The clock was not moved: choose a later date.',
};

/** A notice is one of ours or the number of sender runs: nothing from the address bar is shown as it is. */
const noticeOf = (event: APIGatewayProxyEventV2): string | undefined => {
  const code = event.queryStringParameters?.['notice'] ?? '';
  const runs = /^moved-(\d{1,6})$/.exec(code)?.[1];
  return runs === undefined
    ? notices[code]
    : `The clock was moved; the sender ran ${runs} ${runs === '1' ? 'time' : 'times'}.`;
};

/** Takes what the console shows and does, gives its routes: for the bridge of this machine only. */
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
    page(event, 'Not found', h('h1', null, 'There is no such page'), 404);

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
    if (read.outcome === 'wrong') return overview(event, values, read.problems);
    const done = await actions.completeProcedure(read.procedure);
    return done.outcome === 'refused'
      ? overview(event, values, done.problems)
      : withNotice(episodePath(done.episode), 'enrolled');
  };

  /** Back to the page the button was on. */
  const backFrom = (event: APIGatewayProxyEventV2): string =>
    /^http:\/\/[^/]+(\/[^?#]*)/.exec(event.headers['referer'] ?? '')?.[1] ?? '/';

  const move = async (event: APIGatewayProxyEventV2): Promise<Result> => {
    const wanted = readMove(formOf(event));
    const { now } = await data.clock();
    const isBack = wanted?.move === 'to-date' && wanted.date < now.slice(0, 10);
    if (wanted === undefined || isBack) return withNotice(backFrom(event), 'not-moved');
    const { senderRuns } = await actions.moveClock(wanted);
    return withNotice(backFrom(event), `moved-${senderRuns}`);
  };

  const publish = async (): Promise<Result> => {
    await actions.publish();
    return withNotice('/', 'published');
  };

  const episode = async (event: APIGatewayProxyEventV2): Promise<Result> => {
    const { patientId = '', family = '', serviceDate = '' } = event.pathParameters ?? {};
    const isKey = isPatientId(patientId) && isFamilyId(family) && isLocalDate(serviceDate);
    const found = isKey ? await data.episode({ patientId, family, serviceDate }) : undefined;
    if (found === undefined) return notFound(event);
    const emails = found.email === undefined ? [] : data.inbox.list({ to: found.email, limit: 100 });
    return page(event, `Episode of ${found.patientId}`, h(EpisodePage, { episode: found, emails }));
  };

  const inbox = async (event: APIGatewayProxyEventV2): Promise<Result> => {
    const asked = Number(event.queryStringParameters?.['offset'] ?? '0');
    const offset = Number.isSafeInteger(asked) && asked > 0 ? asked : 0;
    const emails = data.inbox.list({ limit: pageSize, offset });
    return page(event, 'Inbox', h(InboxPage, { emails, total: data.inbox.count(), offset, pageSize }));
  };

  const opened = (event: APIGatewayProxyEventV2) =>
    data.inbox.open(event.pathParameters?.['messageId'] ?? '');

  const email = async (event: APIGatewayProxyEventV2): Promise<Result> => {
    const found = await opened(event);
    if (found === undefined) return notFound(event);
    return page(event, `Email of ${readable(found.at)}`, h(EmailPage, { email: found }));
  };

  const emailHtml = async (event: APIGatewayProxyEventV2): Promise<Result> => {
    const html = (await opened(event))?.html;
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
    { method: 'POST', path: '/console/clock', handler: guarded(move) },
    { method: 'POST', path: '/console/publish', handler: guarded(publish) },
    {
      method: 'GET',
      path: '/console/episodes/{patientId}/{family}/{serviceDate}',
      handler: guarded(episode),
    },
    { method: 'GET', path: '/console/emails', handler: guarded(inbox) },
    { method: 'GET', path: '/console/emails/{messageId}', handler: guarded(email) },
    { method: 'GET', path: '/console/emails/{messageId}/html', handler: guarded(emailHtml) },
  ];
};
