import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Locale } from '../platform/locale.ts';
import type { Block, EmailContent } from './content.ts';

/**
 * No table, image or web font: one column that every email client displays, including Outlook. Clients may drop the
 * style element, which only sets the colours for light and dark; their own colours then apply.
 */
const styles = {
  page: 'margin:0;padding:16px;font-family:Arial,Helvetica,sans-serif;font-size:18px;line-height:1.5',
  column: 'max-width:600px;margin:0 auto',
  paragraph: 'margin:0 0 16px',
  button:
    'display:inline-block;background-color:#0b5a8a;border:2px solid #0b5a8a;border-radius:6px;color:#ffffff;font-weight:bold;padding:12px 20px;text-decoration:none',
  number:
    'display:inline-block;min-width:24px;margin:0 4px 8px 0;padding:10px 8px;border:2px solid #0b5a8a;border-radius:6px;background-color:#ffffff;color:#0b5a8a;font-weight:bold;text-align:center;text-decoration:none',
  footer: 'font-size:16px;border-top:1px solid #767676;padding-top:16px;margin-top:24px',
} as const;

const colours = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  'body{background:#ffffff;color:#1a1a1a}',
  'a{color:#0b5a8a}',
  '@media (prefers-color-scheme:dark){body{background:#14181b;color:#f2f2f2}a{color:#8cc8f0}}',
].join('');

const BlockView = ({ block }: { readonly block: Block }): VNode => {
  switch (block.kind) {
    case 'paragraph':
      return <p style={styles.paragraph}>{block.text}</p>;
    case 'list':
      return (
        <ul style={styles.paragraph}>
          {block.items.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
      );
    case 'button':
      return (
        <p style={styles.paragraph}>
          <a href={block.href} style={styles.button}>
            {block.label}
          </a>
        </p>
      );
    case 'scale':
      return (
        <div>
          <p style={styles.paragraph}>
            <strong>{block.question}</strong>
            <br />
            {block.hint}
          </p>
          <p style="margin:0 0 8px">
            {block.links.map((link) => [
              <a href={link.href} style={styles.number} aria-label={link.name}>
                {link.value}
              </a>,
              ' ',
            ])}
          </p>
          <p style={styles.paragraph}>{block.note}</p>
        </div>
      );
  }
};

const EmailView = ({
  content,
  locale,
}: {
  readonly content: EmailContent;
  readonly locale: Locale;
}): VNode => (
  <html lang={locale}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      <meta name="format-detection" content="telephone=no,date=no,address=no" />
      <title>{content.subject}</title>
      <style>{colours}</style>
    </head>
    <body style={styles.page}>
      <div style={styles.column} lang={locale}>
        <p style={styles.paragraph}>{content.greeting}</p>
        {content.body.map((block) => (
          <BlockView block={block} />
        ))}
        <p style={styles.paragraph}>{content.signOff}</p>
        <div style={styles.footer}>
          <p style={styles.paragraph}>
            <strong>{content.safety.join(' ')}</strong>
          </p>
          <p style={styles.paragraph}>{content.why}</p>
          {content.footerLinks.map((link) => (
            <p style={styles.paragraph}>
              <a href={link.href}>{link.label}</a>
            </p>
          ))}
        </div>
      </div>
    </body>
  </html>
);

/** Renders the HTML part of an email, a complete document. */
export const emailHtml = (content: EmailContent, locale: Locale): string =>
  `<!doctype html>${renderToString(<EmailView content={content} locale={locale} />)}`;
