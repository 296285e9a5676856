import type { DynamoDBStreamEvent } from 'aws-lambda';
import { sesClient, sesMailerOn } from '../../shared/care/emailing/aws/ses-mailer.ts';
import { tellStaffWith } from '../../shared/care/staff/tell-staff.ts';
import { composeStaffEmail } from '../../shared/email/mime.ts';
import { epochSecondOf } from '../../shared/platform/calendar.ts';
import { type Environment, readEnvironment } from '../../shared/platform/environment.ts';
import { failure } from '../../shared/platform/logging/errors.ts';
import { loggedInvocations } from '../../shared/platform/logging/invocation.ts';
import { type Runtime, randomTokens } from '../../shared/platform/logging/runtime.ts';
import { environmentSchema } from './environment.ts';
import { newNotices } from './new-notices.ts';

/** Creates the handler that emails staff about the new notices of a batch. It throws when SES did not take the email. */
export const createHandler = (environment: Environment, { clock, log, metrics }: Runtime) => {
  const settings = readEnvironment(environmentSchema, environment);
  const to = settings.STAFF_ADDRESS;
  const tellStaff = tellStaffWith({
    mailer: sesMailerOn(sesClient(), settings.CONFIGURATION_SET || undefined),
    tokens: randomTokens,
    compose: async (urgency, sendId) => ({
      sendId,
      to,
      raw: await composeStaffEmail(
        {
          urgency,
          locale: settings.DEFAULT_LOCALE,
          clinic: {
            name: settings.CLINIC_NAME,
            senderName: settings.CLINIC_SENDER_NAME,
            replyTo: settings.CLINIC_REPLY_TO,
          },
          worklist: settings.WORKLIST_COMMAND,
        },
        { fromAddress: settings.EMAIL_FROM, to, sendId, sentAt: epochSecondOf(clock.now()) * 1000 },
      ),
    }),
  });
  return loggedInvocations(
    log,
    async ({ Records }: DynamoDBStreamEvent): Promise<'told' | 'nobody-to-tell' | 'nothing-new'> => {
      const kinds = newNotices(Records);
      if (kinds.length === 0) return 'nothing-new';
      if (to === '') return 'nobody-to-tell';
      const sent = await tellStaff(kinds);
      if (sent.outcome !== 'accepted') {
        const { outcome, reason } = sent;
        log.error('staff.not-told', { outcome, notices: kinds.length, reason });
        throw failure(`Staff were not told: the email was ${outcome}.`);
      }
      metrics.add('NoticesTold', kinds.length);
      return 'told';
    },
  );
};
