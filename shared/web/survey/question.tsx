import type { VNode } from 'preact';
import type { ProblemKind } from '../../care/survey/answers.ts';
import type { SurveyMessages } from '../../messages/survey/en.ts';
import { changes, type Item } from '../../protocol/instrument.ts';

/** One question with its current value and the problem with that value. */
export type QuestionView = {
  readonly item: Item;
  readonly value: string | undefined;
  readonly problem: ProblemKind | undefined;
  readonly messages: SurveyMessages;
};

type Choice = { readonly value: string; readonly label: string };

/** The sentence that tells the patient how to fix a problem. */
export const problemText = (id: string, problem: ProblemKind, { survey }: SurveyMessages): string => {
  if (problem === 'required' && id === 'condition') return survey.conditionRequired;
  if (problem === 'required' && id === 'improvementPercent') return survey.percentRequired;
  return survey.problems[problem];
};

/** The id of an item's first field, which the error summary links to. */
export const anchorOf = (id: string): string => `${id}-first`;

/** The choices of an item that has choices, in the order of the page. */
export const choicesOf = (item: Item, { survey }: SurveyMessages): readonly Choice[] => {
  if (item.kind === 'change') {
    const labels = item.id === 'pain' ? survey.choices.pain : survey.choices.change;
    return changes.map((value) => ({ value, label: labels[value] }));
  }
  const numbers = Array.from({ length: item.max - item.min + 1 }, (_, index) => item.min + index);
  return numbers.map((value) => ({
    value: String(value),
    label: item.kind === 'pgic' ? (survey.choices.pgic[value - 1] ?? '') : String(value),
  }));
};

const describedBy = (ids: readonly (string | false)[]): { readonly 'aria-describedby'?: string } => {
  const shown = ids.filter((id) => id !== false);
  return shown.length === 0 ? {} : { 'aria-describedby': shown.join(' ') };
};

const ErrorText = ({ item, problem, messages }: QuestionView): VNode | null =>
  problem === undefined ? null : (
    <p class="error" id={`${item.id}-error`}>
      {problemText(item.id, problem, messages)}
    </p>
  );

const Hint = ({ item, messages }: QuestionView): VNode | null => {
  const { hint } = messages.survey.items[item.id];
  return hint === '' ? null : (
    <p class="hint" id={`${item.id}-hint`}>
      {hint}
    </p>
  );
};

const descriptions = ({ item, problem, messages }: QuestionView) =>
  describedBy([
    messages.survey.items[item.id].hint !== '' && `${item.id}-hint`,
    problem !== undefined && `${item.id}-error`,
  ]);

const wrong = ({ problem }: QuestionView): string => (problem === undefined ? '' : 'wrong');

/** A text field for a percentage. It opens the numeric keypad of a phone, and a scroll wheel does not change it. */
const PercentQuestion = (view: QuestionView): VNode => {
  const { item, value, problem, messages } = view;
  return (
    <div class={`percent ${wrong(view)}`.trim()}>
      <label class="ask" for={anchorOf(item.id)}>
        {messages.survey.items[item.id].question}
      </label>
      <Hint {...view} />
      <ErrorText {...view} />
      <input
        type="text"
        inputMode="numeric"
        autocomplete="off"
        maxLength={8}
        placeholder=" "
        id={anchorOf(item.id)}
        name={item.id}
        value={value ?? ''}
        {...descriptions(view)}
        {...(problem === undefined ? {} : { 'aria-invalid': 'true' as const })}
      />{' '}
      {messages.survey.percentUnit}
    </div>
  );
};

const ChoiceQuestion = (view: QuestionView): VNode => {
  const { item, value, messages } = view;
  return (
    <fieldset class={wrong(view) || undefined} tabIndex={-1} {...descriptions(view)}>
      <legend>{messages.survey.items[item.id].question}</legend>
      <Hint {...view} />
      <ErrorText {...view} />
      <div class={item.kind === 'scale' ? 'scale' : 'row'}>
        {choicesOf(item, messages).map((choice, index) => (
          <label class="tile">
            <input
              type="radio"
              name={item.id}
              value={choice.value}
              checked={choice.value === value}
              {...(index === 0 ? { id: anchorOf(item.id) } : {})}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};

/** A question with native fields, which work without a script. */
export const Question = (view: QuestionView): VNode =>
  view.item.kind === 'percent' ? <PercentQuestion {...view} /> : <ChoiceQuestion {...view} />;
