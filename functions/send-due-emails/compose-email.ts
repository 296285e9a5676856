import type * as z from 'zod';
import type { ComposeEmail } from '../../shared/care/emailing/send-one-email.ts';
import { composeEmail } from '../../shared/email/mime.ts';
import type { EmailModel } from '../../shared/email/model.ts';
import { epochSecondOf } from '../../shared/platform/calendar.ts';
import { present } from '../../shared/platform/present.ts';
import { timepointOf } from '../../shared/protocol/plans.ts';
import type { environmentSchema } from './environment.ts';

type Settings = z.infer<typeof environmentSchema>;
type Request = Parameters<ComposeEmail>[0];

const reminders: readonly (0 | 1 | 2)[] = [0, 1, 2];

const kindOf = ({ touchpoint, token, visitOn }: Request, baseUrl: string) => {
  const links = { help: `${baseUrl}/h/${token}`, unsubscribe: `${baseUrl}/u/${token}` };
  return touchpoint === 'instructions' || touchpoint === 'rehabilitation' || touchpoint === 'visit'
    ? { kind: touchpoint, links }
    : {
        kind: 'survey' as const,
        links: { ...links, survey: `${baseUrl}/s/${token}` },
        ...present({ visitOn }),
      };
};

const modelOf = (settings: Settings, request: Request): EmailModel => ({
  ...kindOf(request, settings.BASE_URL),
  reminder: timepointOf(request.touchpoint) === undefined ? 0 : (reminders[request.number - 1] ?? 2),
  locale: request.profile.locale,
  ...(request.profile.givenName === undefined ? {} : { givenName: request.profile.givenName }),
  clinic: {
    name: settings.CLINIC_NAME,
    senderName: settings.CLINIC_SENDER_NAME,
    replyTo: settings.CLINIC_REPLY_TO,
    phone: settings.CLINIC_PHONE,
  },
});

/** Creates the function that composes the MIME message of a due email in the clinic's name. */
export const composeWith =
  (settings: Settings): ComposeEmail =>
  async (request) => ({
    sendId: request.sendId,
    to: request.address,
    raw: await composeEmail(modelOf(settings, request), {
      fromAddress: settings.EMAIL_FROM,
      to: request.address,
      sendId: request.sendId,
      sentAt: epochSecondOf(request.at) * 1000,
    }),
  });
