import type { VNode } from 'preact';
import type { AnswerProblem } from '../../care/survey/answers.ts';
import { longDate } from '../../messages/long-date.ts';
import { messagesFor } from '../../messages/messages.ts';
import type { SurveyMessages } from '../../messages/survey/en.ts';
import { present } from '../../platform/present.ts';
import type { LocalDate, UtcInstant } from '../../platform/time.ts';
import type { FamilyId } from '../../protocol/families.ts';
import { type Item, itemsFor, screensFor } from '../../protocol/instrument.ts';
import type { PageFrame } from './frame.ts';
import { surveyScript } from './generated/survey-script.ts';
import { renderPage } from './layout.tsx';
import { anchorOf, problemText, Question } from './question.tsx';
import { SignsQuestion } from './signs-question.tsx';
import type { FieldValues } from './survey-form.ts';
import { formFields } from './survey-form.ts';
import { UrgentAdvice, WarningSigns } from './warning-signs.tsx';

/** A survey page: empty, with a preselected number, with stored answers, or again with its problems. */
export type SurveyPage = {
  readonly frame: PageFrame;
  /** Determines the items. */
  readonly family: FamilyId;
  /** The day of the visit that the survey asks about: a patient may have had two. */
  readonly visitOn: LocalDate;
  readonly values: FieldValues;
  readonly assisted?: boolean;
  readonly signs?: 'yes' | 'no';
  readonly problems?: readonly AnswerProblem[];
  /** When the page was first shown. The form sends it back. */
  readonly shownAt: UtcInstant;
  /** `first`: with a script one question at a time, saved as a draft. `review`: all on one page, saved when sent. */
  readonly mode: 'first' | 'review';
  /** What to say first: a draft is filled in, suspect answers are stored, or the new answers replace all old ones. */
  readonly note?: 'resumed' | 'send-again' | 'change-all';
};

type SummaryProps = {
  readonly problems: readonly AnswerProblem[];
  readonly family: FamilyId;
  readonly messages: SurveyMessages;
};

/** Links each problem to its item. Problems with unknown fields are summarized in one line. */
const ErrorSummary = ({ problems, family, messages }: SummaryProps): VNode => {
  const ids = new Set<string>([...itemsFor(family).map(({ id }) => id), formFields.signs]);
  const ours = problems.filter(({ item }) => ids.has(item));
  return (
    <div class="errors" role="alert" tabIndex={-1} aria-labelledby="errors-title">
      <h2 id="errors-title">{messages.survey.errorSummary}</h2>
      <ul>
        {ours.map(({ item, problem }) => (
          <li>
            <a href={`#${anchorOf(item)}`}>{problemText(item, problem, messages)}</a>
          </li>
        ))}
        {ours.length < problems.length && <li>{messages.survey.problems['unknown-item']}</li>}
      </ul>
    </div>
  );
};

const formId = 'survey';

/** The texts for the script, in the page's language. Their presence also turns the script on. */
const scriptTexts = ({ survey }: SurveyMessages) => ({
  'data-step': survey.step('#', '##'),
  'data-next': survey.next,
  'data-back': survey.back,
  'data-kept': survey.draftSaved,
  'data-lost': survey.draftNotSaved,
  'data-refused': survey.draftRefused,
  'data-condition': survey.conditionRequired,
  'data-percent': survey.percentRequired,
});

/** Groups questions shown together: the percentage goes with the direction before it. */
const stepsOf = (items: readonly Item[]): readonly (readonly Item[])[] => {
  const [first, second, ...rest] = items;
  if (first === undefined) return [];
  if (second?.kind === 'percent') return [[first, second], ...stepsOf(rest)];
  return [[first], ...stepsOf(second === undefined ? [] : [second, ...rest])];
};

const Trap = ({ messages }: { readonly messages: SurveyMessages }): VNode => (
  <p class="away" aria-hidden="true">
    <label>
      {messages.survey.trap} <input type="text" name={formFields.trap} tabIndex={-1} autocomplete="off" />
    </label>
  </p>
);

const Ending = ({
  page,
  messages,
}: {
  readonly page: SurveyPage;
  readonly messages: SurveyMessages;
}): VNode => (
  <>
    <p>
      <label class="tile">
        <input
          type="checkbox"
          name={formFields.assisted}
          value={formFields.assistedValue}
          checked={page.assisted === true}
        />
        <span>{messages.survey.assisted}</span>
      </label>
    </p>
    <p>{messages.survey.countWhenSent}</p>
    <button type="submit">{messages.survey.send}</button>
  </>
);

const SurveyForm = (page: SurveyPage): VNode => {
  const { frame, family, values, problems = [] } = page;
  const messages = messagesFor(frame.locale);
  const { survey } = messages;
  const screens = screensFor(family);
  const problemOf = new Map(problems.map(({ item, problem }) => [item, problem]));
  const shownValue = new Map(Object.entries(values));
  const parts = screens.length + 1;
  return (
    <form
      id={formId}
      method="post"
      action={frame.path}
      noValidate
      {...(page.mode === 'first' ? scriptTexts(messages) : {})}
    >
      <input type="hidden" name={formFields.lang} value={frame.locale} />
      <input type="hidden" name={formFields.shown} value={page.shownAt} />
      <Trap messages={messages} />
      {screens.map((screen, index) => (
        <section aria-labelledby={`part-${screen.id}`}>
          <p class="part">{survey.part(index + 1, parts)}</p>
          <h2 id={`part-${screen.id}`}>{survey.screens[screen.id]}</h2>
          {stepsOf(screen.items).map((items) => (
            <div class="step">
              {items.map((item) => (
                <Question
                  item={item}
                  value={shownValue.get(item.id)}
                  problem={problemOf.get(item.id)}
                  messages={messages}
                />
              ))}
            </div>
          ))}
        </section>
      ))}
      <section aria-labelledby="part-signs">
        <p class="part">{survey.part(parts, parts)}</p>
        <h2 id="part-signs">{survey.screens.signs}</h2>
        <div class="step">
          <SignsQuestion frame={frame} value={page.signs} problem={problemOf.get(formFields.signs)} />
          <Ending page={page} messages={messages} />
        </div>
      </section>
    </form>
  );
};

/** Renders the survey page. Its form posts to its own path. */
export const renderSurveyPage = (page: SurveyPage): string => {
  const { family, problems = [] } = page;
  const frame = { ...page.frame, formId };
  const messages = messagesFor(frame.locale);
  const { survey } = messages;
  return renderPage({
    frame,
    title: survey.title,
    hasErrors: problems.length > 0,
    ...present({ script: page.mode === 'first' ? surveyScript : undefined }),
    children: (
      <>
        {problems.length > 0 && <ErrorSummary problems={problems} family={family} messages={messages} />}
        {page.signs === 'yes' && <UrgentAdvice frame={frame} />}
        <h1>{survey.title}</h1>
        {page.note !== undefined && <p class={page.note}>{survey.notes[page.note]}</p>}
        <div class="intro">
          <p>
            <strong>{survey.about(longDate(page.visitOn, frame.locale), survey.procedures[family])}</strong>{' '}
            {survey.intro} {survey.optional}
          </p>
          <WarningSigns frame={frame} open={false} />
        </div>
        <SurveyForm {...page} frame={frame} />
      </>
    ),
  });
};
