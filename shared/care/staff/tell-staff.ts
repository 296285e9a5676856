import type { TokenSource } from '../../platform/ports.ts';
import type { Mailer, OutgoingEmail, SendOutcome } from '../emailing/ports.ts';
import { mostUrgentOf, type NoticeKind, type Urgency } from './staff-notices.ts';

export type TellStaffParts = {
  readonly mailer: Pick<Mailer, 'send'>;
  readonly tokens: TokenSource;
  /** Composes the email from the urgency of the notices, and from nothing else about them. */
  readonly compose: (urgency: Urgency, sendId: string) => Promise<OutgoingEmail>;
};

/**
 * Creates the use case that notifies staff of new notices: one email for all of them, as urgent as the most urgent.
 * The caller retries unless the send was accepted: a duplicate notice is harmless, a missing one is not. The send
 * id belongs to no link, so SES events about the email change no record.
 */
export const tellStaffWith =
  ({ mailer, tokens, compose }: TellStaffParts) =>
  async (kinds: readonly NoticeKind[]): Promise<SendOutcome> =>
    mailer.send(await compose(mostUrgentOf(kinds), tokens.next()));
