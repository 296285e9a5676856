import type { ComponentChildren, VNode } from 'preact';
import type { LocalDate } from '../domain/time.ts';
import { messagesFor } from '../messages/messages.ts';
import type { PageFrame } from './frame.ts';
import { Phone, renderPage } from './layout.tsx';
import { WarningSigns } from './warning-signs.tsx';

/** What the pages after an answer show. Without `changeHref` the answers cannot be changed any more. */
export type AnsweredPage = {
  readonly frame: PageFrame;
  readonly changeHref?: string;
  /** The last local date on which the answers can be changed. */
  readonly changeUntil?: LocalDate;
};

const longDate = (date: LocalDate, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );

const simplePage = (frame: PageFrame, title: string, children: ComponentChildren): string =>
  renderPage({
    frame,
    title,
    children: (
      <>
        <h1>{title}</h1>
        {children}
      </>
    ),
  });

const ActionForm = (props: {
  readonly path: string;
  readonly action: string;
  readonly label: string;
  readonly lang: string;
}): VNode => (
  <form method="post" action={props.path}>
    <input type="hidden" name="lang" value={props.lang} />
    <button type="submit" name="action" value={props.action}>
      {props.label}
    </button>
  </form>
);

const ChangeLink = ({ frame, changeHref, changeUntil }: AnsweredPage): VNode | null => {
  const { thanks } = messagesFor(frame.locale);
  return changeHref === undefined ? null : (
    <p>
      {changeUntil !== undefined && `${thanks.changeUntil(longDate(changeUntil, frame.locale))} `}
      <a href={changeHref}>{thanks.changeLink}</a>
    </p>
  );
};

/** Takes what the patient just did, gives the page that says the answers are kept. */
export const renderThanksPage = (page: AnsweredPage & { readonly changed: boolean }): string => {
  const { thanks } = messagesFor(page.frame.locale);
  return simplePage(
    page.frame,
    thanks.title,
    <>
      <p>{page.changed ? thanks.changed : thanks.body}</p>
      <p>{thanks.use}</p>
      <ChangeLink {...page} />
      <WarningSigns frame={page.frame} open={false} />
    </>,
  );
};

/** Gives the page of a survey that is answered already, with the way to change the answers. */
export const renderAnsweredPage = (page: AnsweredPage): string => {
  const { answered } = messagesFor(page.frame.locale);
  return simplePage(
    page.frame,
    answered.title,
    <>
      <p>{answered.body}</p>
      <ChangeLink {...page} />
    </>,
  );
};

/** Gives the page of a survey whose window is over. */
export const renderClosedPage = (frame: PageFrame): string => {
  const { closed } = messagesFor(frame.locale);
  return simplePage(
    frame,
    closed.title,
    <>
      <p>{closed.body}</p>
      <p>
        {closed.next} <Phone number={frame.clinic.phone} />
      </p>
    </>,
  );
};

/** Takes where the patient stands, gives the page: asked whether to stop, stopped (with undo), or resumed. */
export const renderUnsubscribePage = (frame: PageFrame, state: 'ask' | 'stopped' | 'resumed'): string => {
  const { unsubscribe } = messagesFor(frame.locale);
  const form = { path: frame.path, lang: frame.locale };
  switch (state) {
    case 'ask':
      return simplePage(
        frame,
        unsubscribe.title,
        <>
          <p>{unsubscribe.body(frame.clinic.name)}</p>
          <ActionForm {...form} action="stop" label={unsubscribe.stopButton} />
        </>,
      );
    case 'stopped':
      return simplePage(
        frame,
        unsubscribe.stoppedTitle,
        <>
          <p>{unsubscribe.stoppedBody}</p>
          <ActionForm {...form} action="resume" label={unsubscribe.resumeButton} />
        </>,
      );
    case 'resumed':
      return simplePage(frame, unsubscribe.resumedTitle, <p>{unsubscribe.resumedBody}</p>);
  }
};

/**
 * Gives the help page: care advice, the signs to act on, "call me" and "not me". `advice` is the clinic's own
 * text, in the page's language; without it stands what holds after any procedure.
 */
export const renderHelpPage = (frame: PageFrame, advice?: readonly string[]): string => {
  const { help } = messagesFor(frame.locale);
  const form = { path: frame.path, lang: frame.locale };
  return simplePage(
    frame,
    help.title,
    <>
      <WarningSigns frame={frame} open />
      <section>
        <h2>{help.adviceTitle}</h2>
        <ul>
          {(advice ?? help.advice).map((line) => (
            <li>{line}</li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{help.contactTitle}</h2>
        <p>{help.contactBody}</p>
        <ActionForm {...form} action="call-me" label={help.callMeButton} />
      </section>
      <section>
        <h2>{help.wrongPersonTitle}</h2>
        <p>{help.wrongPersonBody}</p>
        <ActionForm {...form} action="not-me" label={help.wrongPersonButton} />
      </section>
    </>,
  );
};

/** Takes what was asked for on the help page, gives the page that says it is done. */
export const renderHelpDonePage = (frame: PageFrame, done: 'call-me' | 'not-me'): string => {
  const { help } = messagesFor(frame.locale);
  return done === 'call-me'
    ? simplePage(frame, help.callMeDoneTitle, <p>{help.callMeDoneBody}</p>)
    : simplePage(frame, help.wrongPersonDoneTitle, <p>{help.wrongPersonDoneBody}</p>);
};

/** Why a request got no page of its own. */
export type Notice = 'not-found' | 'bad-request' | 'too-many-tries' | 'problem';

/**
 * Takes why there is no page, gives one that says what happened and what to do. It shows nothing of the
 * request: an unknown, a tampered and an expired token all get the same bytes.
 */
export const renderNoticePage = (
  { locale, clinic, synthetic }: Pick<PageFrame, 'locale' | 'clinic' | 'synthetic'>,
  notice: Notice,
): string => {
  const { title, body } = messagesFor(locale).notices[notice];
  const frame = { locale, clinic, path: '', ...(synthetic === true ? { synthetic } : {}) };
  return simplePage(frame, title, <p>{body}</p>);
};
