import type { VNode } from 'preact';
import { messagesFor } from '../../../messages/messages.ts';
import type { Locale } from '../../../platform/locale.ts';
import type { FamilyId } from '../../../protocol/families.ts';
import { itemsFor } from '../../../protocol/instrument.ts';
import { choicesOf } from '../question.tsx';
import type { FieldValues } from '../survey-form.ts';

/** The questions that were answered, each with its answer in words. */
export const AnswerList = (props: {
  readonly locale: Locale;
  readonly family: FamilyId;
  readonly values: FieldValues;
}): VNode => {
  const messages = messagesFor(props.locale);
  const { items, percentUnit } = messages.survey;
  const values = new Map(Object.entries(props.values));
  return (
    <dl>
      {itemsFor(props.family).flatMap((item) => {
        const value = values.get(item.id);
        if (value === undefined) return [];
        const label =
          item.kind === 'percent'
            ? `${value} ${percentUnit}`
            : choicesOf(item, messages).find((choice) => choice.value === value)?.label;
        return [<dt>{items[item.id].question}</dt>, <dd>{label}</dd>];
      })}
    </dl>
  );
};
