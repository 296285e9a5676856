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

/** Renders the subject and both parts of an email to a patient. Equal models yield equal bytes. */
export const renderEmail = (model: EmailModel): RenderedEmail => rendered(emailContent(model), model.locale);

/** Renders the subject and both parts of an email to staff. */
export const renderStaffEmail = (model: StaffEmailModel): RenderedEmail =>
  rendered(staffEmailContent(model), model.locale);
