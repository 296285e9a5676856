import { messagesFor } from '../messages/messages.ts';
import type { MailContent } from './content.ts';
import type { StaffMailModel } from './model.ts';

/** Takes what a mail to staff is made from, gives what it says: that a notice waits, how urgent it is, where to look. */
export const staffMailContent = ({ urgency, locale, clinic, worklist }: StaffMailModel): MailContent => {
  const { mail, staff } = messagesFor(locale);
  return {
    subject: staff.subjects[urgency],
    greeting: mail.helloWithoutName,
    body: [
      { block: 'paragraph', text: staff.openings[urgency] },
      { block: 'paragraph', text: staff.where },
      { block: 'paragraph', text: worklist },
      { block: 'paragraph', text: staff.mayRepeat },
    ],
    signOff: staff.signOff(clinic.name),
    safety: [staff.namesNobody],
    why: staff.why,
    footerLinks: [],
  };
};
