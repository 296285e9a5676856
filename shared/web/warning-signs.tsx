import type { VNode } from 'preact';
import { messagesFor } from '../messages/messages.ts';
import type { PageFrame } from './frame.ts';

const List = ({ items }: { readonly items: readonly string[] }): VNode => (
  <ul>
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
