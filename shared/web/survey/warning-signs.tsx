import type { VNode } from 'preact';
import { messagesFor } from '../../messages/messages.ts';
import { present } from '../../platform/present.ts';
import type { PageFrame } from './frame.ts';

export const List = ({ items, id }: { readonly items: readonly string[]; readonly id?: string }): VNode => (
  <ul {...present({ id })}>
    {items.map((item) => (
      <li>{item}</li>
    ))}
  </ul>
);

/** The signs that need help before anyone could read an answer. Collapsed unless `open`. */
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

/** What to do at once after "yes" to a warning sign. In the survey, the style sheet shows it while "yes" is chosen. */
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
