import type {
  openPreferencePageWith,
  Preference,
  PreferenceOutcome,
} from '../../shared/care/patient/email-preference.ts';
import type { Profile } from '../../shared/care/patient/patient.ts';
import { isUndoable, stopOf } from '../../shared/care/patient/stop-facts.ts';
import type { HttpResponse } from '../../shared/platform/http/http.ts';
import { actionFields } from '../../shared/web/survey/action-form.tsx';
import type { PageFrame } from '../../shared/web/survey/frame.ts';
import {
  renderHelpDonePage,
  renderHelpPage,
  renderUnsubscribePage,
  type UnsubscribeState,
} from '../../shared/web/survey/pages.tsx';
import type { PageRequest } from './page-request.ts';
import { frameFor, messagePage, type PageSettings, page, revokedPage } from './pages.ts';

export type PreferenceParts = {
  readonly settings: PageSettings;
  readonly open: ReturnType<typeof openPreferencePageWith>;
  readonly change: (token: string, wish: Preference) => Promise<PreferenceOutcome>;
};

type Render = (frame: PageFrame, profile: Profile) => string;

/** What a button asks for, the page that confirms it, and the page that asks for the missing tick. */
type Action = { readonly wish: Preference; readonly done: Render; readonly unticked: Render };

/** The state of the unsubscribe page when it is opened. */
const unsubscribeState = (profile: Profile): UnsubscribeState => {
  if (stopOf(profile) === undefined) return 'ask';
  return isUndoable(profile) ? 'stopped' : 'stays';
};

const unsubscribeActions: ReadonlyMap<unknown, Action> = new Map([
  [
    'stop',
    {
      wish: 'stop',
      done: (frame, profile) => renderUnsubscribePage(frame, unsubscribeState(profile)),
      unticked: (frame) => renderUnsubscribePage(frame, 'ask', true),
    },
  ],
  [
    'resume',
    {
      wish: 'resume',
      done: (frame, profile) =>
        renderUnsubscribePage(frame, stopOf(profile) === undefined ? 'resumed' : unsubscribeState(profile)),
      unticked: (frame) => renderUnsubscribePage(frame, 'stopped', true),
    },
  ],
] satisfies (readonly [string, Action])[]);

const helpAction = (wish: 'call-me' | 'not-me'): readonly [string, Action] => [
  wish,
  {
    wish,
    done: (frame) => renderHelpDonePage(frame, wish),
    unticked: (frame) => renderHelpPage(frame, undefined, wish),
  },
];
const helpActions: ReadonlyMap<unknown, Action> = new Map([helpAction('call-me'), helpAction('not-me')]);

const show = async (parts: PreferenceParts, request: PageRequest, render: Render): Promise<HttpResponse> => {
  const opened = await parts.open(request.token);
  switch (opened.outcome) {
    case 'not-found':
      return messagePage(parts.settings, 'not-found', request);
    case 'revoked':
      return revokedPage(parts.settings, request);
    case 'done':
      return page(200, render(frameFor(parts.settings, request, opened.profile), opened.profile));
  }
};

const act = async (
  parts: PreferenceParts,
  request: PageRequest,
  { wish, done }: Action,
): Promise<HttpResponse> => {
  const changed = await parts.change(request.token, wish);
  switch (changed.outcome) {
    case 'not-found':
      return messagePage(parts.settings, 'not-found', request);
    case 'too-many':
      return messagePage(parts.settings, 'too-many-tries', request);
    case 'revoked':
      return revokedPage(parts.settings, request, { isStopped: changed.stopped });
    case 'done':
      return page(200, done(frameFor(parts.settings, request, changed.profile), changed.profile));
  }
};

/** A scanner may press a button; only a person ticks the box above it. */
const actOnTick = async (
  parts: PreferenceParts,
  request: PageRequest,
  action: Action | undefined,
): Promise<HttpResponse> => {
  if (action === undefined) return messagePage(parts.settings, 'bad-request', request);
  if (request.fields[actionFields.sure] === actionFields.sureValue) return act(parts, request, action);
  const response = await show(parts, request, action.unticked);
  return response.statusCode === 200 ? { ...response, statusCode: 422 } : response;
};

/** `GET /u/{token}`: asks and changes nothing, because email scanners follow the link too. */
export const showUnsubscribe = (parts: PreferenceParts, request: PageRequest): Promise<HttpResponse> =>
  show(parts, request, (frame, profile) => renderUnsubscribePage(frame, unsubscribeState(profile)));

/** `POST /u/{token}`: from an email program (RFC 8058, one click) or from the page's own form. */
export const takeUnsubscribe = (parts: PreferenceParts, request: PageRequest): Promise<HttpResponse> => {
  const { fields } = request;
  const stop = unsubscribeActions.get('stop');
  return fields['List-Unsubscribe'] === 'One-Click' && stop !== undefined
    ? act(parts, request, stop)
    : actOnTick(parts, request, unsubscribeActions.get(fields[actionFields.action]));
};

/** `GET /h/{token}`. */
export const showHelp = (parts: PreferenceParts, request: PageRequest): Promise<HttpResponse> =>
  show(parts, request, (frame) => renderHelpPage(frame));

/** `POST /h/{token}`: "call me" or "this is not me". */
export const takeHelp = (parts: PreferenceParts, request: PageRequest): Promise<HttpResponse> =>
  actOnTick(parts, request, helpActions.get(request.fields[actionFields.action]));
