/** A mail ready to go. `raw` is a whole MIME message; `sendId` comes back in SES events. */
export type OutgoingMail = {
  readonly sendId: string;
  readonly to: string;
  readonly raw: Uint8Array;
};

/**
 * What became of a send. `refused` is definite: the mail did not go, and `scope` says whether the next one
 * has a chance. `ambiguous` may have gone: it is never sent again blindly.
 */
export type SendOutcome =
  | { readonly outcome: 'accepted'; readonly messageId: string }
  | {
      readonly outcome: 'refused';
      readonly scope: 'this-mail' | 'all-for-now' | 'all-today' | 'all-until-fixed';
      readonly reason: string;
    }
  | { readonly outcome: 'ambiguous'; readonly reason: string };

export type SendAllowance = { readonly perSecond: number; readonly leftToday: number };

export type Mailer = {
  readonly send: (mail: OutgoingMail) => Promise<SendOutcome>;
  readonly allowance: () => Promise<SendAllowance>;
};
