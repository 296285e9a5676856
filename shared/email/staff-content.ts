import { messagesFor } from '../messages/messages.ts';
import type { EmailContent } from './content.ts';
import type { StaffEmailModel } from './model.ts';

/** Takes what an email to staff is made from, gives what it says: that a notice waits, how urgent it is, where to look. */
export const staffEmailContent = ({ urgency, locale, clinic, worklist }: StaffEmailModel): EmailContent => {
  const { email, staff } = messagesFor(locale);
  return {
    subject: staff.subjects[urgency],
    greeting: email.helloWithoutName,
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
