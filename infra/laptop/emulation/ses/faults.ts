import { errorAnswer, type SesAnswer } from './ses-wire.ts';

/**
 * What can go wrong when an email is sent. The first five are refusals: SES says no and nothing goes out. After
 * the others the sender cannot know whether the email went.
 */
export type SendFault =
  | 'throttled'
  | 'daily-quota'
  | 'sending-paused'
  | 'rejected'
  | 'not-verified'
  /** The server breaks, nothing was accepted. */
  | 'server-error'
  /** The connection breaks before anything was accepted. */
  | 'reset'
  /** The email is accepted and the connection breaks before the answer. */
  | 'reset-after-accept'
  /** The email is accepted and no answer ever comes. */
  | 'silent-after-accept';

const answers: Readonly<Partial<Record<SendFault, SesAnswer>>> = {
  throttled: errorAnswer(400, 'Throttling', 'Maximum sending rate exceeded.'),
  'daily-quota': errorAnswer(400, 'Throttling', 'Daily message quota exceeded.'),
  'sending-paused': errorAnswer(
    400,
    'AccountSendingPausedException',
    'Sending is disabled for the entire Amazon SES account.',
  ),
  rejected: errorAnswer(400, 'MessageRejected', 'Email contains a virus.'),
  'not-verified': errorAnswer(
    400,
    'MailFromDomainNotVerifiedException',
    'The MAIL FROM domain is not verified.',
  ),
  'server-error': errorAnswer(500, 'InternalFailure', 'An internal error occurred.'),
};

/** Takes a fault, gives the answer that SES gives with it; undefined for the faults of the connection. */
export const faultAnswer = (fault: SendFault): SesAnswer | undefined => answers[fault];

export type Faults = {
  /** From now on the next `times` sends, or all, fail like this; for a test of one, the email's own addresses. */
  readonly set: (
    fault: SendFault,
    options?: { readonly times?: number; readonly to?: (address: string) => boolean },
  ) => void;
  readonly clear: () => void;
  /** Takes the addresses of an email being sent, gives the fault it meets and counts it. */
  readonly next: (destinations: readonly string[]) => SendFault | undefined;
};

/** Makes a switchboard on which nothing is broken. */
export const createFaults = (): Faults => {
  let current: { fault: SendFault; left: number; to: (address: string) => boolean } | undefined;
  return {
    set: (fault, options) => {
      current = { fault, left: options?.times ?? Number.POSITIVE_INFINITY, to: options?.to ?? (() => true) };
    },
    clear: () => {
      current = undefined;
    },
    next: (destinations) => {
      if (current === undefined || current.left <= 0 || !destinations.some(current.to)) return undefined;
      current.left -= 1;
      return current.fault;
    },
  };
};
