import type { VNode } from 'preact';
import { messagesFor } from '../../messages/messages.ts';
import type { PageFrame } from './frame.ts';

/** A list of sentences. */
export const List = ({ items, id }: { readonly items: readonly string[]; readonly id?: string }): VNode => (
  <ul {...(id === undefined ? {} : { id })}>
    {items.map((item) => (
      <li>{item}</li>
    ))}
  </ul>
);

/** The signs after which a patient must not wait for anyone to read an answer. Opened by hand, or `open`. */
export const WarningSigns = ({
  frame,
  open,
}: {
  readonly frame: PageFrame;
  readonly open: boolean;
}): VNode => {
  const { warningSigns } = messagesFor(frame.locale);
  return (
    <details open={open}>
      <summary>
        <strong>{warningSigns.summary}</strong>
      </summary>
      <p>{warningSigns.callEmergency}</p>
      <List items={warningSigns.emergencySigns} />
      <p>{warningSigns.callClinic(frame.clinic.phone)}</p>
      <List items={warningSigns.clinicSigns} />
    </details>
  );
};

/** What to do at once after "yes" to a warning sign. In the survey the style sheet shows it while "yes" is picked. */
export const UrgentAdvice = ({ frame }: { readonly frame: PageFrame }): VNode => {
  const { warningSigns } = messagesFor(frame.locale);
  return (
    <div class="urgent" role="alert">
      <p>
        <strong>{warningSigns.urgentTitle}</strong>
      </p>
      <p>{warningSigns.urgentBody}</p>
      <p>
        <a href="tel:911">{warningSigns.urgentCall}</a>
      </p>
      <p>{warningSigns.urgentCareTeam}</p>
    </div>
  );
};
