import { errorResponse, type SesResponse } from './ses-wire.ts';

/**
 * The ways a send can fail. The first five are refusals: SES sends nothing. After the others the client cannot
 * know whether the email went out.
 */
export type SendFault =
  | 'throttled'
  | 'daily-quota'
  | 'sending-paused'
  | 'rejected'
  | 'not-verified'
  /** 500; the email was not accepted. */
  | 'server-error'
  /** The connection breaks before the email is accepted. */
  | 'reset'
  /** The email is accepted, and the connection breaks before the response. */
  | 'reset-after-accept'
  /** The email is accepted, and no response ever comes. */
  | 'silent-after-accept';

const responses: Readonly<Partial<Record<SendFault, SesResponse>>> = {
  throttled: errorResponse(400, 'Throttling', 'Maximum sending rate exceeded.'),
  'daily-quota': errorResponse(400, 'Throttling', 'Daily message quota exceeded.'),
  'sending-paused': errorResponse(
    400,
    'AccountSendingPausedException',
    'Sending is disabled for the entire Amazon SES account.',
  ),
  rejected: errorResponse(400, 'MessageRejected', 'Email contains a virus.'),
  'not-verified': errorResponse(
    400,
    'MailFromDomainNotVerifiedException',
    'The MAIL FROM domain is not verified.',
  ),
  'server-error': errorResponse(500, 'InternalFailure', 'An internal error occurred.'),
};

/** SES's response to a fault; undefined for faults of the connection. */
export const faultResponse = (fault: SendFault): SesResponse | undefined => responses[fault];

export type Faults = {
  /**
   * Makes the next `times` sends fail, all of them by default. With `to`, only emails to an address that it
   * accepts fail, so that a test breaks its own emails only.
   */
  readonly set: (
    fault: SendFault,
    options?: { readonly times?: number; readonly to?: (address: string) => boolean },
  ) => void;
  readonly clear: () => void;
  /** Returns the fault for an email to these addresses and counts it; undefined when the email may go. */
  readonly next: (destinations: readonly string[]) => SendFault | undefined;
};

/** Creates the fault switch, with no fault set. */
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
