/** An email ready to send. `raw` is a whole MIME message; SES returns `sendId` in its events. */
export type OutgoingEmail = {
  readonly sendId: string;
  readonly to: string;
  readonly raw: Uint8Array;
};

/**
 * The result of a send. `refused` is definite: the email did not go, and `scope` says whether the next one stands a
 * chance. An `ambiguous` one may have gone: it is never resent blindly.
 */
export type SendOutcome =
  | { readonly outcome: 'accepted'; readonly messageId: string }
  | {
      readonly outcome: 'refused';
      readonly scope: 'this-email' | 'all-for-now' | 'all-today' | 'all-until-fixed';
      readonly reason: string;
    }
  | { readonly outcome: 'ambiguous'; readonly reason: string };

/** A send that was not accepted. */
export type SendFailure = Exclude<SendOutcome, { readonly outcome: 'accepted' }>;

export type SendAllowance = { readonly perSecond: number; readonly leftToday: number };

export type Mailer = {
  readonly send: (email: OutgoingEmail) => Promise<SendOutcome>;
  readonly allowance: () => Promise<SendAllowance>;
};
