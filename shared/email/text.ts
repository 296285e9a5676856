import type { Block, EmailContent } from './content.ts';

const blockText = (block: Block): string => {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'button':
      return `${block.label}:\n${block.href}`;
    case 'scale':
      return '';
  }
};

/** Renders the plain-text part of an email. The scale is left out, since eleven bare URLs help no one. */
export const emailText = (content: EmailContent): string =>
  [
    content.greeting,
    ...content.body.map(blockText).filter((text) => text !== ''),
    content.signOff,
    content.safety.join(' '),
    content.why,
    ...content.footerLinks.map((link) => `${link.label}:\n${link.href}`),
  ].join('\n\n');
