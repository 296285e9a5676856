/** An email ready to go. `raw` is a whole MIME message; `sendId` comes back in SES events. */
export type OutgoingEmail = {
  readonly sendId: string;
  readonly to: string;
  readonly raw: Uint8Array;
};

/**
 * What became of a send. `refused` is definite: the email did not go, and `scope` says whether the next one
 * has a chance. `ambiguous` may have gone: it is never sent again blindly.
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
