import type { ContactWish, ContactWishOutcome } from '../../shared/application/change-contact.ts';
import type { HttpAnswer } from '../../shared/middleware/http.ts';
import type { PageFrame } from '../../shared/web/frame.ts';
import { renderHelpDonePage, renderHelpPage, renderUnsubscribePage } from '../../shared/web/pages.tsx';
import type { PageRequest } from './page-request.ts';
import { frameFor, notice, type PageSettings, page } from './pages.ts';

export type ContactParts = {
  readonly settings: PageSettings;
  readonly open: (token: string) => Promise<ContactWishOutcome>;
  readonly change: (token: string, wish: ContactWish) => Promise<ContactWishOutcome>;
};

type Render = (frame: PageFrame) => string;

/** What the buttons of the two pages ask for, and the page that says it is done. */
const unsubscribeActions: ReadonlyMap<unknown, { readonly wish: ContactWish; readonly render: Render }> =
  new Map([
    ['stop', { wish: 'stop', render: (frame) => renderUnsubscribePage(frame, 'stopped') }],
    ['resume', { wish: 'resume', render: (frame) => renderUnsubscribePage(frame, 'resumed') }],
  ]);
const helpActions: ReadonlyMap<unknown, { readonly wish: ContactWish; readonly render: Render }> = new Map([
  ['call-me', { wish: 'call-me', render: (frame) => renderHelpDonePage(frame, 'call-me') }],
  ['not-me', { wish: 'not-me', render: (frame) => renderHelpDonePage(frame, 'not-me') }],
]);

const show = async (parts: ContactParts, request: PageRequest, render: Render): Promise<HttpAnswer> => {
  const opened = await parts.open(request.token);
  return opened.state === 'not-found'
    ? notice(parts.settings, 'not-found', request)
    : page(200, render(frameFor(parts.settings, request, opened.profile)));
};

const act = async (
  parts: ContactParts,
  request: PageRequest,
  action: { readonly wish: ContactWish; readonly render: Render } | undefined,
): Promise<HttpAnswer> => {
  if (action === undefined) return notice(parts.settings, 'bad-request', request);
  const changed = await parts.change(request.token, action.wish);
  return changed.state === 'not-found'
    ? notice(parts.settings, 'not-found', request)
    : page(200, action.render(frameFor(parts.settings, request, changed.profile)));
};

/** Answers a GET of the unsubscribe link: it asks, and changes nothing, for mail scanners follow it too. */
export const showUnsubscribe = (parts: ContactParts, request: PageRequest): Promise<HttpAnswer> =>
  show(parts, request, (frame) => renderUnsubscribePage(frame, 'ask'));

/** Answers a POST of it: from a mail program (RFC 8058, one click), or from the page's own buttons. */
export const takeUnsubscribe = (parts: ContactParts, request: PageRequest): Promise<HttpAnswer> => {
  const isOneClick = request.fields['List-Unsubscribe'] === 'One-Click';
  return act(parts, request, unsubscribeActions.get(isOneClick ? 'stop' : request.fields['action']));
};

/** Answers a GET of the help link. */
export const showHelp = (parts: ContactParts, request: PageRequest): Promise<HttpAnswer> =>
  show(parts, request, (frame) => renderHelpPage(frame));

/** Answers a POST of it: "call me", or "this is not me". */
export const takeHelp = (parts: ContactParts, request: PageRequest): Promise<HttpAnswer> =>
  act(parts, request, helpActions.get(request.fields['action']));
