import { emailMessagesFor } from '../messages/email/messages.ts';
import type { EmailContent } from './content.ts';
import type { StaffEmailModel } from './model.ts';

/** The content of an email to staff: that a notice is waiting, how urgent it is, and where to look. */
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
    safety: [staff.namesNoPatient],
    why: staff.why,
    footerLinks: [],
  };
};
