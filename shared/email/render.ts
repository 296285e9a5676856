import type { Locale } from '../platform/locale.ts';
import { type MailContent, mailContent } from './content.ts';
import { mailHtml } from './html.tsx';
import type { MailModel, RenderedMail, StaffMailModel } from './model.ts';
import { staffMailContent } from './staff-content.ts';
import { mailText } from './text.ts';

const rendered = (content: MailContent, locale: Locale): RenderedMail => ({
  subject: content.subject,
  html: mailHtml(content, locale),
  text: mailText(content),
});

/** Takes what a mail is made from, gives its subject and both its parts. The same model gives the same bytes. */
export const renderMail = (model: MailModel): RenderedMail => rendered(mailContent(model), model.locale);

/** Takes what a mail to staff is made from, gives its subject and both its parts. */
export const renderStaffMail = (model: StaffMailModel): RenderedMail =>
  rendered(staffMailContent(model), model.locale);
