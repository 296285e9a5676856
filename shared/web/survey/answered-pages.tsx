import type { VNode } from 'preact';
import type { PainPoint } from '../../care/survey/answering.ts';
import { messagesFor } from '../../messages/messages.ts';
import type { LocalDate } from '../../platform/time.ts';
import { SureBox } from './action-form.tsx';
import type { PageFrame } from './frame.ts';
import { Phone } from './layout.tsx';
import { PainOverTime } from './pain-chart.tsx';
import { simplePage } from './simple-page.tsx';
import { type FieldValues, formFields } from './survey-form.ts';
import { List, UrgentAdvice, WarningSigns } from './warning-signs.tsx';

/** What the pages after an answer show. Without `changeHref` the answers can no longer be changed. */
export type AnsweredPage = {
  readonly frame: PageFrame;
  readonly changeHref?: string;
  /** The last local date on which the answers can be changed. */
  readonly changeUntil?: LocalDate;
  /** The patient's own pain over time. A chart needs at least two points. */
  readonly pain?: readonly PainPoint[];
  /** The patient reported a warning sign. The page then starts with what to do at once. */
  readonly isUrgent?: boolean;
};

const longDate = (date: LocalDate, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
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

/** What helps a patient who has answered: pain over time, care advice, and how to reach the clinic. */
const NextSteps = ({ frame, pain = [] }: AnsweredPage): VNode => {
  const { help, thanks, page } = messagesFor(frame.locale);
  return (
    <>
      <PainOverTime locale={frame.locale} points={pain} />
      <section>
        <h2>{help.adviceTitle}</h2>
        <List items={help.advice} />
        <WarningSigns frame={frame} open={false} />
      </section>
      <section>
        <h2>{help.contactTitle}</h2>
        <p>
          {page.questions(frame.clinic.name)} <Phone number={frame.clinic.phone} />
        </p>
        {frame.links && (
          <p>
            <a href={`${frame.links.help}?lang=${frame.locale}`}>{thanks.callLink}</a>
          </p>
        )}
      </section>
    </>
  );
};

/** Renders the page shown after answers are stored. `changed`: they replace earlier ones. */
export const renderThanksPage = (page: AnsweredPage & { readonly changed: boolean }): string => {
  const { frame, isUrgent } = page;
  const { thanks } = messagesFor(frame.locale);
  return simplePage(
    frame,
    thanks.title,
    <>
      {isUrgent === true && <UrgentAdvice frame={frame} />}
      <p>{page.changed ? thanks.changed : thanks.body}</p>
      <p>{thanks.use}</p>
      <ChangeLink {...page} />
      <NextSteps {...page} />
    </>,
  );
};

/** Renders the page of a survey that is already answered, with a link to change the answers. */
export const renderAnsweredPage = (page: AnsweredPage): string => {
  const { answered } = messagesFor(page.frame.locale);
  return simplePage(
    page.frame,
    answered.title,
    <>
      <p>{answered.body}</p>
      <ChangeLink {...page} />
      <NextSteps {...page} />
    </>,
  );
};

/** Answers that may have been sent by a machine, with everything needed to send them again on confirmation. */
export type ConfirmPage = {
  readonly frame: PageFrame;
  readonly values: FieldValues;
  readonly assisted: boolean;
  readonly shownAt: string;
  readonly isUrgent?: boolean;
  readonly isUnticked?: boolean;
};

/** Renders the page on which a person confirms answers that came in too fast. */
export const renderConfirmPage = (page: ConfirmPage): string => {
  const { frame, values, assisted, shownAt, isUrgent, isUnticked } = page;
  const { confirm } = messagesFor(frame.locale);
  const hidden: readonly (readonly [string, string])[] = [
    [formFields.lang, frame.locale],
    [formFields.shown, shownAt],
    [formFields.confirm, formFields.confirmValue],
    ...(assisted ? [[formFields.assisted, formFields.assistedValue] as const] : []),
    ...Object.entries(values),
  ];
  return simplePage(
    frame,
    confirm.title,
    <>
      {isUrgent === true && <UrgentAdvice frame={frame} />}
      <p>{confirm.body}</p>
      <form method="post" action={frame.path}>
        {hidden.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <SureBox id="confirm" frame={frame} tick={confirm.tick} isUnticked={isUnticked === true} />
        <p>
          <button type="submit">{confirm.button}</button>
        </p>
      </form>
    </>,
  );
};
