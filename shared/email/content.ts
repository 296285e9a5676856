import { withPreselection } from '../care/survey/preselection.ts';
import { messagesFor } from '../messages/messages.ts';
import type { EmailModel } from './model.ts';

/** A piece of an email, before it is HTML or text. */
export type Block =
  | { readonly block: 'paragraph'; readonly text: string }
  | { readonly block: 'list'; readonly items: readonly string[] }
  | { readonly block: 'button'; readonly label: string; readonly href: string }
  | {
      readonly block: 'scale';
      readonly question: string;
      readonly hint: string;
      readonly note: string;
      readonly links: readonly { readonly value: number; readonly name: string; readonly href: string }[];
    };

/** An email before it is HTML or text. */
export type EmailContent = {
  readonly subject: string;
  readonly greeting: string;
  readonly body: readonly Block[];
  readonly signOff: string;
  /** What every email must say. To a patient: not watched, emergency, phone. */
  readonly safety: readonly string[];
  readonly why: string;
  readonly footerLinks: readonly { readonly label: string; readonly href: string }[];
};

/** Letters, then spaces, hyphens, apostrophes and closing dots: nothing that an email reader makes a link of. */
const plainName = /^\p{L}(?:[\p{L}\p{M}'’ -]|\.(?=\s|$)){0,39}$/u;

/** Takes a given name as a record has it, gives it when it can be printed as a name, else undefined. */
export const printableName = (givenName: string | undefined): string | undefined => {
  const trimmed = givenName?.trim() ?? '';
  return plainName.test(trimmed) ? trimmed : undefined;
};

const surveyBody = (model: EmailModel, url: string): readonly Block[] => {
  const { survey } = messagesFor(model.locale).email;
  const values = Array.from({ length: 11 }, (_, value) => value);
  return [
    { block: 'paragraph', text: survey.openings[model.reminder] },
    {
      block: 'scale',
      question: survey.scaleQuestion,
      hint: survey.scaleHint,
      note: survey.scaleNote,
      links: values.map((value) => ({
        value,
        name: survey.scaleLinkName(value),
        href: withPreselection(url, value),
      })),
    },
    { block: 'button', label: survey.button, href: url },
    { block: 'paragraph', text: survey.everyAnswerHelps },
  ];
};

const bodyOf = (model: EmailModel): { readonly subject: string; readonly body: readonly Block[] } => {
  const { email } = messagesFor(model.locale);
  const { clinic, links } = model;
  switch (model.kind) {
    case 'instructions':
      return {
        subject: email.instructions.subject,
        body: [
          { block: 'paragraph', text: email.instructions.opening(clinic.name) },
          { block: 'list', items: email.instructions.advice },
          { block: 'button', label: email.instructions.button, href: links.help },
          { block: 'paragraph', text: email.instructions.closing },
        ],
      };
    case 'survey':
      return { subject: email.survey.subjects[model.reminder], body: surveyBody(model, model.links.survey) };
    case 'visit':
      return {
        subject: email.visit.subject,
        body: [
          { block: 'paragraph', text: email.visit.opening(clinic.name) },
          { block: 'paragraph', text: email.visit.body(clinic.phone) },
          { block: 'button', label: email.visit.button, href: links.help },
        ],
      };
    case 'rehabilitation':
      return {
        subject: email.rehabilitation.subject,
        body: [
          { block: 'paragraph', text: email.rehabilitation.opening },
          { block: 'paragraph', text: email.rehabilitation.body(clinic.phone) },
          { block: 'button', label: email.rehabilitation.button, href: links.help },
        ],
      };
  }
};

/** Takes what an email is made from, gives what it says, in its language. */
export const emailContent = (model: EmailModel): EmailContent => {
  const { email } = messagesFor(model.locale);
  const name = printableName(model.givenName);
  return {
    ...bodyOf(model),
    greeting: name === undefined ? email.helloWithoutName : email.hello(name),
    signOff: email.signOff(model.clinic.name),
    safety: [email.notWatched, email.emergency, email.questions(model.clinic.phone)],
    why: email.why(model.clinic.name),
    footerLinks: [
      { label: email.help, href: model.links.help },
      { label: email.stop, href: model.links.unsubscribe },
    ],
  };
};
