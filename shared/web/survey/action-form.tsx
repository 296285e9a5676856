import type { VNode } from 'preact';
import { messagesFor } from '../../messages/messages.ts';
import type { PageFrame } from './frame.ts';

/** The fields of the small forms. */
export const actionFields = { action: 'action', sure: 'sure', sureValue: 'yes' } as const;

/** A button that does something: what it asks for, and the words of its box and its own. */
export type ActionFormProps = {
  readonly frame: PageFrame;
  readonly action: string;
  readonly tick: string;
  readonly label: string;
  /** It was sent without the tick. */
  readonly isUnticked?: boolean;
};

/** The tick and the words about it; email scanners press buttons, and tick nothing. */
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

/** A form that asks for one thing, once its box is ticked. */
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
