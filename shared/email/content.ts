import { withPreselection } from '../care/survey/preselection.ts';
import { messagesFor } from '../messages/messages.ts';
import type { MailModel } from './model.ts';

/** A piece of a mail, before it is HTML or text. */
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

/** A mail before it is HTML or text. */
export type MailContent = {
  readonly subject: string;
  readonly greeting: string;
  readonly body: readonly Block[];
  readonly signOff: string;
  /** What every mail must say. To a patient: not watched, emergency, phone. */
  readonly safety: readonly string[];
  readonly why: string;
  readonly footerLinks: readonly { readonly label: string; readonly href: string }[];
};

/** Letters, then spaces, hyphens, apostrophes and closing dots: nothing that a mail reader makes a link of. */
const plainName = /^\p{L}(?:[\p{L}\p{M}'’ -]|\.(?=\s|$)){0,39}$/u;

/** Takes a given name as a record has it, gives it when it can be printed as a name, else undefined. */
export const printableName = (givenName: string | undefined): string | undefined => {
  const trimmed = givenName?.trim() ?? '';
  return plainName.test(trimmed) ? trimmed : undefined;
};

const surveyBody = (model: MailModel, url: string): readonly Block[] => {
  const { survey } = messagesFor(model.locale).mail;
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

const bodyOf = (model: MailModel): { readonly subject: string; readonly body: readonly Block[] } => {
  const { mail } = messagesFor(model.locale);
  const { clinic, links } = model;
  switch (model.kind) {
    case 'instructions':
      return {
        subject: mail.instructions.subject,
        body: [
          { block: 'paragraph', text: mail.instructions.opening(clinic.name) },
          { block: 'list', items: mail.instructions.advice },
          { block: 'button', label: mail.instructions.button, href: links.help },
          { block: 'paragraph', text: mail.instructions.closing },
        ],
      };
    case 'survey':
      return { subject: mail.survey.subjects[model.reminder], body: surveyBody(model, model.links.survey) };
    case 'visit':
      return {
        subject: mail.visit.subject,
        body: [
          { block: 'paragraph', text: mail.visit.opening(clinic.name) },
          { block: 'paragraph', text: mail.visit.body(clinic.phone) },
          { block: 'button', label: mail.visit.button, href: links.help },
        ],
      };
    case 'rehabilitation':
      return {
        subject: mail.rehabilitation.subject,
        body: [
          { block: 'paragraph', text: mail.rehabilitation.opening },
          { block: 'paragraph', text: mail.rehabilitation.body(clinic.phone) },
          { block: 'button', label: mail.rehabilitation.button, href: links.help },
        ],
      };
  }
};

/** Takes what a mail is made from, gives what it says, in its language. */
export const mailContent = (model: MailModel): MailContent => {
  const { mail } = messagesFor(model.locale);
  const name = printableName(model.givenName);
  return {
    ...bodyOf(model),
    greeting: name === undefined ? mail.helloWithoutName : mail.hello(name),
    signOff: mail.signOff(model.clinic.name),
    safety: [mail.notWatched, mail.emergency, mail.questions(model.clinic.phone)],
    why: mail.why(model.clinic.name),
    footerLinks: [
      { label: mail.help, href: model.links.help },
      { label: mail.stop, href: model.links.unsubscribe },
    ],
  };
};
