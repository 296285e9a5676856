import * as z from 'zod/mini';
import { utcInstant } from '../../../platform/calendar.ts';
import type { UtcInstant } from '../../../platform/time.ts';
import type { EmailEvent, EmailEventKind } from '../email-events.ts';
import { sendIdTag } from './ses-mailer.ts';

/** What the receiving server said; who it said it about is not read: servers rewrite the address. */
const recipient = z.object({
  status: z.catch(z.optional(z.string()), undefined),
  diagnosticCode: z.catch(z.optional(z.string()), undefined),
});

const bounceObject = z.object({
  bounceType: z.string(),
  bouncedRecipients: z.catch(z._default(z.array(recipient), []), []),
});

const mail = z.object({
  timestamp: z.catch(z.optional(z.string()), undefined),
  destination: z._default(z.array(z.string()), []),
  tags: z._default(z.record(z.string(), z.array(z.string())), {}),
});

const bounced = z.object({ eventType: z.literal('Bounce'), mail, bounce: bounceObject });

const other = z.object({
  eventType: z.string().check(z.refine((type) => type !== 'Bounce')),
  mail,
  complaint: z.catch(
    z.optional(z.object({ complaintFeedbackType: z.optional(z.nullable(z.string())) })),
    undefined,
  ),
});

const detail = z.union([bounced, other]);

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

/** A server that refuses for good says so by a code that begins with 5, even where SES calls the bounce transient. */
const refusesForGood = ({ status, diagnosticCode }: z.infer<typeof recipient>): boolean =>
  /^5\./.test(status?.trim() ?? '') || /(?:^|;)\s*5\d\d\b/.test(diagnosticCode ?? '');

const bounceKindOf = ({ bounceType, bouncedRecipients }: z.infer<typeof bounceObject>): EmailEventKind => {
  if (bounceType === 'Permanent') return 'bounced-for-good';
  return bouncedRecipients.some(refusesForGood) ? 'refused-for-now' : 'bounced-for-now';
};

const kindOf = (event: Detail): EmailEventKind | undefined => {
  if ('bounce' in event) return bounceKindOf(event.bounce);
  const isRescued = event.complaint?.complaintFeedbackType?.trim().toLowerCase() === 'not-spam';
  return event.eventType === 'Complaint' && isRescued ? 'not-spam' : kinds.get(event.eventType);
};

/** Returns the bare address of `Ana <ana@example.org>`, in lower case. */
const bareAddress = (text: string): string => (/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();

const emailedAt = (timestamp: string | undefined): UtcInstant | undefined => {
  if (timestamp === undefined) return undefined;
  try {
    return utcInstant(timestamp);
  } catch {
    return undefined;
  }
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
  const { timestamp, destination, tags } = parsed.data.detail.mail;
  const sendId = tags[sendIdTag]?.[0];
  if (kind === undefined || sendId === undefined) return { outcome: 'not-ours' };
  const at = emailedAt(timestamp);
  const event = { kind, sendId, recipients: destination.map(bareAddress) };
  return { outcome: 'event', event: at === undefined ? event : { ...event, emailedAt: at } };
};
