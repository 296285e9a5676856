import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { messagesFor } from '../../messages/messages.ts';
import { locales } from '../../platform/locale.ts';
import type { PageFrame } from './frame.ts';
import { pageStyles } from './page-styles.ts';
import { formFields } from './survey-form.ts';

/** The content of a page: its title, whether it shows errors, and the children of `main`. */
export type PageBody = {
  readonly frame: PageFrame;
  readonly title: string;
  readonly hasErrors?: boolean;
  /** An optional enhancement as inline script. The headers allow it by its hash. */
  readonly script?: string;
  /** True for a page on which nothing may stand beside its message: no emergency bar, language or footer. */
  readonly isBare?: boolean;
  readonly children: ComponentChildren;
};

/** The `tel:` link of a phone number in any notation. */
const dial = (phone: string): string => `tel:${phone.replaceAll(/[^+\d]/g, '')}`;

/** A phone number as a link that dials it. */
export const Phone = ({ number }: { readonly number: string }): VNode => <a href={dial(number)}>{number}</a>;

const languageHref = (frame: PageFrame, lang: string): string =>
  `${frame.path}?${new URLSearchParams({ lang }).toString()}`;

/**
 * Enter in a text field activates the first submit button of its form, wherever it is on the page. This invisible button
 * comes first, so Enter submits the form instead of switching the language.
 */
const FirstButton = ({ formId }: { readonly formId: string }): VNode => (
  <button type="submit" form={formId} class="away" tabIndex={-1} aria-hidden="true" />
);

const Languages = ({ frame }: { readonly frame: PageFrame }): VNode => (
  <nav aria-label={messagesFor(frame.locale).page.languages}>
    {frame.formId !== undefined && <FirstButton formId={frame.formId} />}
    {locales
      .filter((locale) => locale !== frame.locale)
      .map((locale) => {
        const { languageName } = messagesFor(locale);
        return frame.formId === undefined ? (
          <a href={languageHref(frame, locale)} lang={locale} hreflang={locale}>
            {languageName}
          </a>
        ) : (
          <button
            type="submit"
            class="link"
            form={frame.formId}
            name={formFields.language}
            value={locale}
            lang={locale}
          >
            {languageName}
          </button>
        );
      })}
  </nav>
);

const Footer = ({ frame }: { readonly frame: PageFrame }): VNode => {
  const { page } = messagesFor(frame.locale);
  const lang = `?lang=${frame.locale}`;
  return (
    <footer>
      <p>
        {page.questions(frame.clinic.name)} <Phone number={frame.clinic.phone} />
      </p>
      {frame.links && (
        <p>
          <a href={frame.links.help + lang}>{page.helpLink}</a>
          <br />
          <a href={frame.links.unsubscribe + lang}>{page.stopLink}</a>
        </p>
      )}
    </footer>
  );
};

const Page = ({ frame, title, hasErrors, script, isBare = false, children }: PageBody): VNode => {
  const { page } = messagesFor(frame.locale);
  const fullTitle = page.title(title, frame.clinic.name);
  return (
    <html lang={frame.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="format-detection" content="telephone=no" />
        <title>{hasErrors ? page.errorTitle(fullTitle) : fullTitle}</title>
        <style>{pageStyles}</style>
      </head>
      <body>
        <header>
          {frame.synthetic && <p class="made-up">{page.synthetic}</p>}
          <p>{frame.clinic.name}</p>
          {!isBare && <Languages frame={frame} />}
        </header>
        {!isBare && (
          <aside aria-label={page.emergencyLabel}>
            <p>
              {page.notWatched} <strong>{page.emergency}</strong>
            </p>
          </aside>
        )}
        <main>{children}</main>
        {!isBare && <Footer frame={frame} />}
        {script !== undefined && <script dangerouslySetInnerHTML={{ __html: script }} />}
      </body>
    </html>
  );
};

/** Renders a whole HTML document. */
export const renderPage = (body: PageBody): string => `<!doctype html>${renderToString(<Page {...body} />)}`;
