import type { TokenSource } from '../../platform/ports.ts';
import type { Mailer, OutgoingEmail, SendOutcome } from '../emailing/ports.ts';
import { mostUrgentOf, type NoticeKind, type Urgency } from './staff-notices.ts';

export type TellStaffParts = {
  readonly mailer: Pick<Mailer, 'send'>;
  readonly tokens: TokenSource;
  /** Makes the email. It is given how urgent the notices are, and nothing else of them. */
  readonly compose: (urgency: Urgency, sendId: string) => Promise<OutgoingEmail>;
};

/**
 * Makes the use case that tells staff of new notices: one email for all of them, as urgent as the most urgent. Gives
 * what became of it; whoever calls tries again unless it was accepted, for a notice told twice does no harm and one
 * not told does. The send id is of no link, so that what SES says of the email changes nobody's record.
 */
export const tellStaffWith =
  ({ mailer, tokens, compose }: TellStaffParts) =>
  async (kinds: readonly NoticeKind[]): Promise<SendOutcome> =>
    mailer.send(await compose(mostUrgentOf(kinds), tokens.next()));
