import { mailContent } from './content.ts';
import { mailHtml } from './html.tsx';
import type { MailModel, RenderedMail } from './model.ts';
import { mailText } from './text.ts';

/** Takes what a mail is made from, gives its subject and both its parts. The same model gives the same bytes. */
export const renderMail = (model: MailModel): RenderedMail => {
  const content = mailContent(model);
  return {
    subject: content.subject,
    html: mailHtml(content, model.locale),
    text: mailText(content),
  };
};
