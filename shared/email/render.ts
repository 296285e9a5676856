import type { Locale } from '../platform/locale.ts';
import { type EmailContent, emailContent } from './content.ts';
import { emailHtml } from './html.tsx';
import type { EmailModel, RenderedEmail, StaffEmailModel } from './model.ts';
import { staffEmailContent } from './staff-content.ts';
import { emailText } from './text.ts';

const rendered = (content: EmailContent, locale: Locale): RenderedEmail => ({
  subject: content.subject,
  html: emailHtml(content, locale),
  text: emailText(content),
});

/** Takes what an email is made from, gives its subject and both its parts. The same model gives the same bytes. */
export const renderEmail = (model: EmailModel): RenderedEmail => rendered(emailContent(model), model.locale);

/** Takes what an email to staff is made from, gives its subject and both its parts. */
export const renderStaffEmail = (model: StaffEmailModel): RenderedEmail =>
  rendered(staffEmailContent(model), model.locale);
