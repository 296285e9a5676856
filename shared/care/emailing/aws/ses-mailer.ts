import { GetSendQuotaCommand, SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { Mailer } from '../ports.ts';
import { failureOf } from './send-errors.ts';

/** The tag under which SES gives our send id back in its events. */
export const sendIdTag = 'sendId';

/** -1 is how SES says that an account has no daily limit. */
const withoutLimit = -1;

/** Milliseconds. Without `throwOnRequestTimeout` the SDK only warns, and waits on. */
const timeouts = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/**
 * Makes a client that never tries again by itself: SES has no idempotency token, so a second attempt inside
 * one call could be a second email. A call that takes longer than 10 s is given up and counts as ambiguous.
 */
export const sesClient = (): SESClient => new SESClient({ maxAttempts: 1, requestHandler: timeouts });

/** Makes the mailer on SES. `configurationSet` is where its events, TLS and suppression are set up. */
export const sesMailerOn = (client: SESClient, configurationSet: string | undefined): Mailer => ({
  send: async ({ sendId, to, raw }) => {
    try {
      const { MessageId } = await client.send(
        new SendRawEmailCommand({
          RawMessage: { Data: raw },
          Destinations: [to],
          Tags: [{ Name: sendIdTag, Value: sendId }],
          ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
        }),
      );
      return { outcome: 'accepted', messageId: MessageId ?? '' };
    } catch (error) {
      return failureOf(error);
    }
  },

  allowance: async () => {
    const quota = await client.send(new GetSendQuotaCommand({}));
    const perDay = quota.Max24HourSend ?? 0;
    return {
      perSecond: Math.max(quota.MaxSendRate ?? 1, 0.1),
      leftToday: perDay === withoutLimit ? Number.MAX_SAFE_INTEGER : perDay - (quota.SentLast24Hours ?? 0),
    };
  },
});
