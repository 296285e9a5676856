import { GetSendQuotaCommand, SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { Mailer } from '../ports.ts';
import { failureOf } from './send-errors.ts';

/** The tag under which SES returns our send id in its events. */
export const sendIdTag = 'sendId';

/** SES reports an account without a daily limit as -1. */
const withoutLimit = -1;

/** Milliseconds. Without `throwOnRequestTimeout` the SDK only warns and keeps waiting. */
const timeouts = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/**
 * Creates a client that never retries: SES has no idempotency token, so a second attempt inside one call could be a
 * second email. A call that takes longer than 10 s is abandoned and counts as ambiguous.
 */
export const sesClient = (): SESClient => new SESClient({ maxAttempts: 1, requestHandler: timeouts });

/** Creates the mailer on SES. `configurationSet` holds its event destination, TLS policy and suppression list. */
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
