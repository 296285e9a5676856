import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { statsMessagesFor } from '../../messages/stats/messages.ts';
import { locales } from '../../platform/locale.ts';
import type { BareFrame } from './frame.ts';
import { pageScript } from './generated/page-script.ts';
import { statsStyleSheet } from './styles.ts';

type Document = {
  readonly frame: BareFrame;
  readonly title: string;
  readonly synthetic: boolean;
  readonly children: ComponentChildren;
};

const Page = ({ frame, title, synthetic, children }: Document): VNode => {
  const messages = statsMessagesFor(frame.locale);
  return (
    <html lang={frame.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="format-detection" content="telephone=no" />
        <title>{title}</title>
        <style>{statsStyleSheet}</style>
      </head>
      <body>
        <header>
          {synthetic && <p class="made-up">{messages.synthetic}</p>}
          <p>{frame.clinic}</p>
          <nav aria-label={messages.languages}>
            {locales
              .filter((locale) => locale !== frame.locale)
              .map((locale) => (
                <a href={`/stats?lang=${locale}`} lang={locale} hreflang={locale}>
                  {statsMessagesFor(locale).languageName}
                </a>
              ))}
          </nav>
        </header>
        <main>{children}</main>
      </body>
    </html>
  );
};

/** Renders an HTML document, with the page script at its end if wanted. */
export const renderDocument = (document: Document, hasScript: boolean): string => {
  const html = `<!doctype html>${renderToString(<Page {...document} />)}`;
  return hasScript ? html.replace('</body>', () => `<script>${pageScript}</script></body>`) : html;
};
