import type { VNode } from 'preact';
import { messagesFor } from '../../messages/messages.ts';
import type { PageFrame } from './frame.ts';

/** Field names of the one-button forms, and the value that a ticked box sends. */
export const actionFields = { action: 'action', sure: 'sure', sureValue: 'yes' } as const;

/** A one-button form: its action, the label of its checkbox and the label of its button. */
export type ActionFormProps = {
  readonly frame: PageFrame;
  readonly action: string;
  readonly tick: string;
  readonly label: string;
  /** True when the form was sent without the tick. */
  readonly isUnticked?: boolean;
};

/** A checkbox that guards a button. Email scanners press buttons but do not tick boxes. */
export const SureBox = (props: {
  readonly id: string;
  readonly frame: PageFrame;
  readonly tick: string;
  readonly isUnticked: boolean;
}): VNode => (
  <div class={props.isUnticked ? 'wrong' : 'sure'}>
    {props.isUnticked && (
      <p class="error" role="alert" id={`${props.id}-error`}>
        {messagesFor(props.frame.locale).tickFirst}
      </p>
    )}
    <label class="tile">
      <input
        type="checkbox"
        name={actionFields.sure}
        value={actionFields.sureValue}
        {...(props.isUnticked
          ? { 'aria-invalid': 'true' as const, 'aria-describedby': `${props.id}-error` }
          : {})}
      />
      <span>{props.tick}</span>
    </label>
  </div>
);

/** A form with one button, which takes effect only when its box is ticked. */
export const ActionForm = ({ frame, action, tick, label, isUnticked = false }: ActionFormProps): VNode => (
  <form method="post" action={frame.path}>
    <input type="hidden" name="lang" value={frame.locale} />
    <input type="hidden" name={actionFields.action} value={action} />
    <SureBox id={action} frame={frame} tick={tick} isUnticked={isUnticked} />
    <p>
      <button type="submit">{label}</button>
    </p>
  </form>
);
