import type { UtcInstant } from '../../platform/time.ts';
import type { PatientChange } from '../patient/commit-change.ts';
import type { PatientRecord } from '../patient/patient.ts';
import type { StopKind } from '../patient/stop-facts.ts';
import { stopPatient } from '../patient/stops.ts';

/** What an email provider can report of an email, in our terms. */
export type EmailEventKind =
  | 'sent'
  | 'delivered'
  | 'delayed'
  | 'bounced-for-good'
  | 'bounced-for-now'
  | 'complained'
  | 'rejected';

export type EmailEvent = {
  readonly kind: EmailEventKind;
  readonly sendId: string;
  /** The addresses the event is about, in lower case. */
  readonly recipients: readonly string[];
};

/** The effect of an event on the patient: none, a delivery to note, or a stop. */
type EmailEventEffect =
  | { readonly kind: 'none' }
  | { readonly kind: 'delivered' }
  | { readonly kind: 'stop'; readonly stop: StopKind };

export const emailEventEffects: Readonly<Record<EmailEventKind, EmailEventEffect>> = {
  sent: { kind: 'none' },
  delivered: { kind: 'delivered' },
  delayed: { kind: 'none' },
  'bounced-for-good': { kind: 'stop', stop: 'hard-bounce' },
  'bounced-for-now': { kind: 'none' },
  complained: { kind: 'stop', stop: 'complained' },
  rejected: { kind: 'none' },
};

/**
 * Returns the change that stops a patient because of an email event. A bounce of an address that is no longer the
 * patient's stops nothing; a complaint is the person's own and does.
 */
export const stopByEmailEvent = (
  record: PatientRecord,
  kind: StopKind,
  recipients: EmailEvent['recipients'],
  now: UtcInstant,
): PatientChange => {
  const current = record.profile?.email?.toLowerCase();
  const isCurrent = current !== undefined && recipients.includes(current);
  return isCurrent || kind === 'complained'
    ? stopPatient(record, kind, now, 'email-provider')
    : { episodes: [] };
};
