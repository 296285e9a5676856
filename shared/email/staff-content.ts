import { emailMessagesFor } from '../messages/email/messages.ts';
import type { EmailContent } from './content.ts';
import type { StaffEmailModel } from './model.ts';

/** Takes what an email to staff is made from, gives what it says: that a notice waits, how urgent it is, where to look. */
export const staffEmailContent = ({ urgency, locale, clinic, worklist }: StaffEmailModel): EmailContent => {
  const { patient, staff } = emailMessagesFor(locale);
  return {
    subject: staff.subjects[urgency],
    greeting: patient.helloWithoutName,
    body: [
      { kind: 'paragraph', text: staff.openings[urgency] },
      { kind: 'paragraph', text: staff.where },
      { kind: 'paragraph', text: worklist },
      { kind: 'paragraph', text: staff.mayRepeat },
    ],
    signOff: staff.signOff(clinic.name),
    safety: [staff.namesNobody],
    why: staff.why,
    footerLinks: [],
  };
};
