import type { VNode } from 'preact';
import type { AnswerProblem } from '../domain/answers.ts';
import type { FamilyId } from '../domain/families.ts';
import { itemsFor, screensFor } from '../domain/instrument.ts';
import type { Messages } from '../messages/en.ts';
import { messagesFor } from '../messages/messages.ts';
import type { PageFrame } from './frame.ts';
import { renderPage } from './layout.tsx';
import { anchorOf, problemText, Question } from './question.tsx';
import type { FieldValues } from './survey-form.ts';
import { formFields } from './survey-form.ts';
import { WarningSigns } from './warning-signs.tsx';

/** The survey as it is shown first, with a number picked, with stored answers, or again with its problems. */
export type SurveyPage = {
  readonly frame: PageFrame;
  /** Decides which items are asked. The page does not name it. */
  readonly family: FamilyId;
  readonly values: FieldValues;
  readonly assisted?: boolean;
  readonly problems?: readonly AnswerProblem[];
};

type SummaryProps = {
  readonly problems: readonly AnswerProblem[];
  readonly family: FamilyId;
  readonly messages: Messages;
};

/** A problem with an item of the survey leads to it; one with anything else is said once. */
const ErrorSummary = ({ problems, family, messages }: SummaryProps): VNode => {
  const ids = new Set<string>(itemsFor(family).map(({ id }) => id));
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

const SurveyForm = ({ frame, family, values, assisted, problems = [] }: SurveyPage): VNode => {
  const messages = messagesFor(frame.locale);
  const { survey } = messages;
  const screens = screensFor(family);
  const problemOf = new Map(problems.map(({ item, problem }) => [item, problem]));
  const shownValue = new Map(Object.entries(values));
  return (
    <form method="post" action={frame.path} noValidate>
      <input type="hidden" name={formFields.lang} value={frame.locale} />
      {screens.map((screen, index) => (
        <section aria-labelledby={`part-${screen.id}`}>
          <p class="part">{survey.part(index + 1, screens.length)}</p>
          <h2 id={`part-${screen.id}`}>{survey.screens[screen.id]}</h2>
          {screen.items.map((item) => (
            <Question
              item={item}
              value={shownValue.get(item.id)}
              problem={problemOf.get(item.id)}
              messages={messages}
            />
          ))}
        </section>
      ))}
      <section>
        <p>
          <label class="tile">
            <input
              type="checkbox"
              name={formFields.assisted}
              value={formFields.assistedValue}
              checked={assisted === true}
            />
            <span>{survey.assisted}</span>
          </label>
        </p>
        <p>{survey.saved}</p>
        <button type="submit">{survey.send}</button>
      </section>
    </form>
  );
};

/** Takes the survey page's model, gives its HTML. It posts to its own path. */
export const renderSurveyPage = (page: SurveyPage): string => {
  const { frame, family, problems = [] } = page;
  const messages = messagesFor(frame.locale);
  const { survey } = messages;
  return renderPage({
    frame,
    title: survey.title,
    hasErrors: problems.length > 0,
    children: (
      <>
        {problems.length > 0 && <ErrorSummary problems={problems} family={family} messages={messages} />}
        <h1>{survey.title}</h1>
        <p>
          {survey.intro} {survey.optional}
        </p>
        <WarningSigns frame={frame} open={false} />
        <SurveyForm {...page} />
      </>
    ),
  });
};
