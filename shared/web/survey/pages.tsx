import { messagesFor } from '../../messages/messages.ts';
import { present } from '../../platform/present.ts';
import { ActionForm } from './action-form.tsx';
import type { PageFrame } from './frame.ts';
import { Phone } from './layout.tsx';
import { simplePage } from './simple-page.tsx';
import { List, WarningSigns } from './warning-signs.tsx';

/** Renders the page of a survey whose window is closed. `isAnswered`: earlier answers are stored and stay. */
export const renderClosedPage = (frame: PageFrame, isAnswered = false): string => {
  const { closed } = messagesFor(frame.locale);
  return simplePage(
    frame,
    closed.title,
    <>
      <p>{closed.body}</p>
      {isAnswered && <p>{closed.kept}</p>}
      <p>
        {closed.next} <Phone number={frame.clinic.phone} />
      </p>
    </>,
  );
};

/** Whether a patient gets our emails. `stays`: stopped for a reason that only the clinic can lift. */
export type UnsubscribeState = 'ask' | 'stopped' | 'resumed' | 'stays';

/**
 * Renders the unsubscribe page: the question whether to stop, the confirmation with undo, or the resumption.
 * `isUnticked`: the form was sent without the tick.
 */
export const renderUnsubscribePage = (
  frame: PageFrame,
  state: UnsubscribeState,
  isUnticked = false,
): string => {
  const { unsubscribe } = messagesFor(frame.locale);
  const form = { frame, isUnticked };
  switch (state) {
    case 'ask':
      return simplePage(
        frame,
        unsubscribe.title,
        <>
          <p>{unsubscribe.body(frame.clinic.name)}</p>
          <ActionForm {...form} action="stop" tick={unsubscribe.stopTick} label={unsubscribe.stopButton} />
        </>,
      );
    case 'stopped':
      return simplePage(
        frame,
        unsubscribe.stoppedTitle,
        <>
          <p>{unsubscribe.stoppedBody}</p>
          <ActionForm
            {...form}
            action="resume"
            tick={unsubscribe.resumeTick}
            label={unsubscribe.resumeButton}
          />
        </>,
      );
    case 'resumed':
      return simplePage(frame, unsubscribe.resumedTitle, <p>{unsubscribe.resumedBody}</p>);
    case 'stays':
      return simplePage(frame, unsubscribe.stayTitle, <p>{unsubscribe.stayBody}</p>);
  }
};

/**
 * Renders the page of a link that has ended: the opt-out, and nothing that depends on the patient. `isStopped`: the
 * opt-out was used.
 */
export const renderRevokedPage = (frame: PageFrame, isStopped = false, isUnticked = false): string => {
  const { revoked, unsubscribe } = messagesFor(frame.locale);
  return isStopped
    ? simplePage(frame, unsubscribe.stoppedTitle, <p>{unsubscribe.stoppedBody}</p>)
    : simplePage(
        frame,
        revoked.title,
        <>
          <p>{revoked.body}</p>
          <ActionForm
            frame={frame}
            action="stop"
            tick={unsubscribe.stopTick}
            label={unsubscribe.stopButton}
            isUnticked={isUnticked}
          />
        </>,
      );
};

/**
 * Renders the help page: warning signs, care advice, "call me" and "not me". `advice` is the clinic's own text in the
 * page's language; the default holds after any procedure. `unticked`: the form that was sent without its tick.
 */
export const renderHelpPage = (
  frame: PageFrame,
  advice?: readonly string[],
  unticked?: 'call-me' | 'not-me',
): string => {
  const { help } = messagesFor(frame.locale);
  return simplePage(
    frame,
    help.title,
    <>
      <WarningSigns frame={frame} open />
      <section>
        <h2>{help.adviceTitle}</h2>
        <List items={advice ?? help.advice} />
      </section>
      <section>
        <h2>{help.contactTitle}</h2>
        <p>{help.contactBody}</p>
        <ActionForm
          frame={frame}
          action="call-me"
          tick={help.callMeTick}
          label={help.callMeButton}
          isUnticked={unticked === 'call-me'}
        />
      </section>
      <section>
        <h2>{help.wrongPersonTitle}</h2>
        <p>{help.wrongPersonBody}</p>
        <ActionForm
          frame={frame}
          action="not-me"
          tick={help.wrongPersonTick}
          label={help.wrongPersonButton}
          isUnticked={unticked === 'not-me'}
        />
      </section>
    </>,
  );
};

/** Renders the confirmation of a request made on the help page. */
export const renderHelpDonePage = (frame: PageFrame, done: 'call-me' | 'not-me'): string => {
  const { help } = messagesFor(frame.locale);
  return done === 'call-me'
    ? simplePage(frame, help.callMeDoneTitle, <p>{help.callMeDoneBody}</p>)
    : simplePage(frame, help.wrongPersonDoneTitle, <p>{help.wrongPersonDoneBody}</p>);
};

/** Why a request got no page of its own. */
export type Message = 'not-found' | 'bad-request' | 'too-many-tries' | 'problem';

/**
 * Renders the page that says what went wrong and what to do. It reveals nothing about the request: unknown, tampered and
 * expired tokens get the same bytes.
 */
export const renderMessagePage = (
  { locale, clinic, synthetic }: Pick<PageFrame, 'locale' | 'clinic' | 'synthetic'>,
  message: Message,
): string => {
  const { title, body } = messagesFor(locale).failures[message];
  const frame = { locale, clinic, path: '', ...present({ synthetic }) };
  return simplePage(frame, title, <p>{body}</p>);
};
