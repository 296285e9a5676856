import type { VNode } from 'preact';
import { longDate } from '../../../messages/long-date.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { LocalDate } from '../../../platform/time.ts';
import type { FamilyId } from '../../../protocol/families.ts';
import { SureBox } from '../action-form.tsx';
import type { PageFrame } from '../frame.ts';
import { Phone } from '../layout.tsx';
import { simplePage } from '../simple-page.tsx';
import { type FieldValues, formFields } from '../survey-form.ts';
import { List, WarningSigns } from '../warning-signs.tsx';
import { AnswerList } from './answer-list.tsx';

/** What the pages after an answer show. They show no answer: whoever has the link would see it. */
export type AnsweredPage = {
  readonly frame: PageFrame;
  /** Where to answer again, and the last local date for it; absent when the answers can no longer be changed. */
  readonly change?: { readonly href: string; readonly until: LocalDate };
  /** True when the answers came after the window: they are kept and not counted. */
  readonly isLate: boolean;
};

const ChangeLink = ({ frame, change }: AnsweredPage): VNode | null => {
  const { thanks } = messagesFor(frame.locale);
  return change === undefined ? null : (
    <p>
      {`${thanks.changeUntil(longDate(change.until, frame.locale))} `}
      <a href={change.href}>{thanks.changeLink}</a>
    </p>
  );
};

/** What helps a patient who has answered: care advice, and how to reach the clinic. */
const NextSteps = ({ frame }: AnsweredPage): VNode => {
  const { help, thanks, page } = messagesFor(frame.locale);
  return (
    <>
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

/** Renders the page that an accepted answer leads to. */
export const renderThanksPage = (page: AnsweredPage): string => {
  const { thanks } = messagesFor(page.frame.locale);
  return simplePage(
    page.frame,
    thanks.title,
    <>
      <p>{thanks.body}</p>
      <p>{page.isLate ? thanks.useLate : thanks.use}</p>
      <ChangeLink {...page} />
      <NextSteps {...page} />
    </>,
  );
};

/** Renders the page of a survey that is already answered. */
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
  readonly family: FamilyId;
  readonly values: FieldValues;
  readonly assisted: boolean;
  readonly shownAt: string;
  /** Where the survey can be answered anew. */
  readonly againHref: string;
  readonly isUnticked?: boolean;
};

/**
 * Renders the page on which a person confirms answers that came in too fast. It responds to those very answers, so it
 * shows nothing that its reader has not just sent.
 */
export const renderConfirmPage = (page: ConfirmPage): string => {
  const { frame, family, values, assisted, shownAt, isUnticked } = page;
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
      <p>{confirm.body}</p>
      <AnswerList locale={frame.locale} family={family} values={values} />
      <form method="post" action={frame.path}>
        {hidden.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <SureBox id="confirm" frame={frame} tick={confirm.tick} isUnticked={isUnticked === true} />
        <p>
          <button type="submit">{confirm.button}</button>
        </p>
      </form>
      <p>
        <a href={page.againHref}>{confirm.again}</a>
      </p>
    </>,
  );
};
