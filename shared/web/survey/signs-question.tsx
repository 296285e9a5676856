import type { VNode } from 'preact';
import type { ProblemKind } from '../../care/survey/answers.ts';
import { messagesFor } from '../../messages/messages.ts';
import type { PageFrame } from './frame.ts';
import { anchorOf } from './question.tsx';
import { formFields } from './survey-form.ts';
import { List, UrgentAdvice } from './warning-signs.tsx';

type SignsQuestionProps = {
  readonly frame: PageFrame;
  readonly value: 'yes' | 'no' | undefined;
  readonly problem: ProblemKind | undefined;
};

/**
 * Asks about signs of pressure on the nerves of the legs, bladder and bowel, which need help at once. It is not part of
 * the instrument: the answer is not stored with the others and only notifies staff.
 */
export const SignsQuestion = ({ frame, value, problem }: SignsQuestionProps): VNode => {
  const { survey, warningSigns } = messagesFor(frame.locale);
  const { signs } = formFields;
  const choices = [
    ['yes', warningSigns.yes],
    ['no', warningSigns.no],
  ] as const;
  return (
    <>
      <fieldset
        tabIndex={-1}
        aria-describedby={problem === undefined ? 'signs-list' : 'signs-list signs-error'}
        {...(problem === undefined ? {} : { class: 'wrong' })}
      >
        <legend>{warningSigns.question}</legend>
        <List id="signs-list" items={warningSigns.questionSigns} />
        {problem !== undefined && (
          <p class="error" id="signs-error">
            {survey.problems[problem]}
          </p>
        )}
        <div class="row">
          {choices.map(([choice, label], index) => (
            <label class="tile">
              <input
                type="radio"
                name={signs}
                value={choice}
                checked={choice === value}
                {...(index === 0 ? { id: anchorOf(signs) } : {})}
              />
              <span>{label}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <UrgentAdvice frame={frame} />
    </>
  );
};
