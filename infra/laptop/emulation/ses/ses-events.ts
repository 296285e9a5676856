import type { UtcInstant } from '../../../../shared/platform/time.ts';
import type { BusEntry } from '../events/bus.ts';
import type { JournaledEmail } from './journal.ts';
import { headerOf, type MimeHeader } from './mime-headers.ts';

/** The mailboxes of SES's simulator, with the events that an email to each causes, in order. */
const simulatorFates = {
  success: ['delivery'],
  bounce: ['hard-bounce'],
  ooto: ['delivery', 'out-of-office'],
  complaint: ['delivery', 'complaint'],
  suppressionlist: ['suppressed'],
} as const satisfies Record<string, readonly Fate[]>;
type Fate = 'delivery' | 'hard-bounce' | 'out-of-office' | 'complaint' | 'suppressed';

const simulatorAddress =
  /^(success|bounce|ooto|complaint|suppressionlist)(\+[^@]*)?@simulator\.amazonses\.com$/i;

/** True for addresses of the mailbox simulator. Email to them does not count against the daily quota. */
export const isSimulator = (address: string): boolean => simulatorAddress.test(address);

const isMailbox = (name: string | undefined): name is keyof typeof simulatorFates =>
  name !== undefined && Object.hasOwn(simulatorFates, name);

const fatesOf = (address: string): readonly Fate[] => {
  const mailbox = simulatorAddress.exec(address)?.[1]?.toLowerCase();
  return isMailbox(mailbox) ? simulatorFates[mailbox] : ['delivery'];
};

const bounce = (
  email: JournaledEmail,
  at: UtcInstant,
  cause: {
    readonly type: string;
    readonly subType: string;
    readonly code: string;
    readonly diagnostic: string;
  },
) => ({
  bounceType: cause.type,
  bounceSubType: cause.subType,
  bouncedRecipients: email.destination.map((emailAddress) => ({
    emailAddress,
    action: 'failed',
    status: cause.code,
    diagnosticCode: cause.diagnostic,
  })),
  timestamp: at,
  feedbackId: `${email.messageId}-feedback`,
  reportingMTA: 'dns; local',
});

type SesEvent = { readonly detailType: string; readonly eventType: string; readonly body: object };

const eventOf = (fate: Fate, email: JournaledEmail, at: UtcInstant): SesEvent => {
  switch (fate) {
    case 'delivery':
      return {
        detailType: 'Email Delivered',
        eventType: 'Delivery',
        body: {
          delivery: {
            timestamp: at,
            processingTimeMillis: 500,
            recipients: email.destination,
            smtpResponse: '250 2.6.0 Message received',
            reportingMTA: 'local',
          },
        },
      };
    case 'hard-bounce':
      return bounced(
        bounce(email, at, {
          type: 'Permanent',
          subType: 'General',
          code: '5.1.1',
          diagnostic: 'smtp; 550 5.1.1 user unknown',
        }),
      );
    case 'suppressed':
      return bounced(
        bounce(email, at, {
          type: 'Permanent',
          subType: 'Suppressed',
          code: '5.1.1',
          diagnostic: 'Amazon SES has suppressed sending to this address',
        }),
      );
    case 'out-of-office':
      return bounced(
        bounce(email, at, {
          type: 'Transient',
          subType: 'General',
          code: '4.0.0',
          diagnostic: 'smtp; out of office',
        }),
      );
    case 'complaint':
      return {
        detailType: 'Email Complaint Received',
        eventType: 'Complaint',
        body: {
          complaint: {
            complainedRecipients: email.destination.map((emailAddress) => ({ emailAddress })),
            timestamp: at,
            feedbackId: `${email.messageId}-feedback`,
            complaintSubType: null,
            userAgent: 'Amazon SES Mailbox Simulator',
            complaintFeedbackType: 'abuse',
            arrivalDate: at,
          },
        },
      };
  }
};

const bounced = (body: object): SesEvent => ({
  detailType: 'Email Bounced',
  eventType: 'Bounce',
  body: { bounce: body },
});

const commonHeader = (headers: readonly MimeHeader[], name: string): readonly string[] => {
  const value = headerOf(headers, name);
  return value === undefined ? [] : [value];
};

/**
 * Returns the events that SES would put on the default bus for an accepted email, in order. None for an email
 * without a configuration set: SES publishes through a set's event destination only.
 */
export const sesEventsOf = (email: JournaledEmail, headers: readonly MimeHeader[]): readonly BusEntry[] => {
  if (email.configurationSet === undefined) return [];
  const at = email.at;
  const subject = headerOf(headers, 'Subject');
  const messageDate = headerOf(headers, 'Date');
  const common = {
    timestamp: at,
    source: email.source,
    sourceArn: `arn:aws:ses:us-east-1:000000000000:identity/${email.source}`,
    sendingAccountId: '000000000000',
    messageId: email.messageId,
    destination: email.destination,
    headersTruncated: false,
    headers,
    commonHeaders: {
      from: commonHeader(headers, 'From'),
      to: commonHeader(headers, 'To'),
      messageId: email.messageId,
      ...(subject !== undefined && { subject }),
      ...(messageDate !== undefined && { date: messageDate }),
    },
    tags: {
      ...Object.fromEntries(Object.entries(email.tags).map(([name, value]) => [name, [value]])),
      'ses:configuration-set': [email.configurationSet],
      'ses:from-domain': [email.source.split('@').at(-1) ?? ''],
    },
  };
  const sent: SesEvent = { detailType: 'Email Sent', eventType: 'Send', body: { send: {} } };
  const fates = fatesOf(email.destination[0] ?? '').map((fate) => eventOf(fate, email, at));
  return [sent, ...fates].map(({ detailType, eventType, body }, index) => ({
    id: `${email.messageId}-${index}`,
    source: 'aws.ses',
    'detail-type': detailType,
    resources: [`arn:aws:ses:us-east-1:000000000000:configuration-set/${email.configurationSet}`],
    detail: { eventType, mail: common, ...body },
  }));
};
