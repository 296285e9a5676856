import * as z from 'zod/mini';
import type { EmailEvent, EmailEventKind } from '../email-events.ts';
import { sendIdTag } from './ses-mailer.ts';

const recipient = z.object({ emailAddress: z.string() });

const detail = z.object({
  eventType: z.string(),
  mail: z.object({
    destination: z._default(z.array(z.string()), []),
    tags: z._default(z.record(z.string(), z.array(z.string())), {}),
  }),
  bounce: z.optional(
    z.object({ bounceType: z.string(), bouncedRecipients: z._default(z.array(recipient), []) }),
  ),
  complaint: z.optional(z.object({ complainedRecipients: z._default(z.array(recipient), []) })),
});

type Detail = z.infer<typeof detail>;

/** An SES event as EventBridge delivers it: source `aws.ses`, the event itself under `detail`. */
const sesEvent = z.object({ source: z.literal('aws.ses'), detail });

const kinds: ReadonlyMap<string, EmailEventKind> = new Map([
  ['Send', 'sent'],
  ['Delivery', 'delivered'],
  ['DeliveryDelay', 'delayed'],
  ['Complaint', 'complained'],
  ['Reject', 'rejected'],
  ['Rendering Failure', 'rejected'],
]);

const kindOf = ({ eventType, bounce }: Detail): EmailEventKind | undefined =>
  eventType === 'Bounce'
    ? bounce?.bounceType === 'Permanent'
      ? 'bounced-for-good'
      : 'bounced-for-now'
    : kinds.get(eventType);

const recipientsOf = ({ mail, bounce, complaint }: Detail): readonly string[] => {
  const named = [...(bounce?.bouncedRecipients ?? []), ...(complaint?.complainedRecipients ?? [])];
  const addresses = named.length > 0 ? named.map(({ emailAddress }) => emailAddress) : mail.destination;
  return addresses.map((address) => address.toLowerCase());
};

export type ReadSesEvent =
  | { readonly outcome: 'event'; readonly event: EmailEvent }
  | { readonly outcome: 'not-ours' }
  | { readonly outcome: 'malformed'; readonly paths: readonly string[] };

/**
 * Parses an SES event from EventBridge. `not-ours`: without our send id, or of a kind that does not matter here.
 * The event holds addresses and headers: it is never logged, and of a malformed one only the paths are reported.
 */
export const readSesEvent = (raw: unknown): ReadSesEvent => {
  const parsed = sesEvent.safeParse(raw);
  if (!parsed.success) {
    return { outcome: 'malformed', paths: parsed.error.issues.map(({ path }) => path.join('.')) };
  }
  const kind = kindOf(parsed.data.detail);
  const sendId = parsed.data.detail.mail.tags[sendIdTag]?.[0];
  return kind === undefined || sendId === undefined
    ? { outcome: 'not-ours' }
    : { outcome: 'event', event: { kind, sendId, recipients: recipientsOf(parsed.data.detail) } };
};
