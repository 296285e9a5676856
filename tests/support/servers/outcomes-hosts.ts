/** A page of another site that embeds the statistics, with its response headers. */
export type HostPage = { readonly html: string; readonly headers: Readonly<Record<string, string>> };

const type = { 'content-type': 'text/html; charset=utf-8' };

/** Broad rules that a site may set for all its elements, without meaning this one. */
const hostile = `
  * { display: none !important; font-size: 1px !important; text-transform: uppercase !important;
    letter-spacing: 2em !important; line-height: 0 !important; text-indent: -9999px !important;
    opacity: .01 !important; visibility: hidden !important; position: absolute !important;
    transform: scale(.01) !important; max-height: 1px !important; overflow: hidden !important;
    white-space: nowrap !important; clip-path: inset(50%) !important; filter: blur(9px) !important;
    word-spacing: 9em !important; direction: rtl !important; pointer-events: none !important; }
  html, body { display: block !important; font-size: 16px !important; opacity: 1 !important;
    visibility: visible !important; position: static !important; transform: none !important;
    max-height: none !important; overflow: visible !important; clip-path: none !important;
    filter: none !important; text-indent: 0 !important; }
  figcaption, small { display: none !important; }`;

const page = (origin: string, body: string, head = '', attributes = 'lang="en"'): string =>
  `<!doctype html><html ${attributes}><head><meta charset="utf-8"><title>A clinic</title>${head}
  <script src="${origin}/stats/embed.js" defer></script></head><body>${body}</body></html>`;

/** The element's fallback content. */
export const fallback = 'What our patients report';

const outcomes = (origin: string, attributes: string): string =>
  `<clinic-outcomes ${attributes}><a href="${origin}/stats">${fallback}</a></clinic-outcomes>`;

const two = 'claims="facet-improved overall-less-pain"';

/** Returns the pages by path, with the statistics at `origin`. */
export const hostPages = (origin: string): Readonly<Record<string, HostPage>> => {
  const article = `<main><h1>Facet joint injections</h1><p>How it is done.</p>${outcomes(origin, two)}</main>`;
  const serif =
    '<style>body{font:18px/1.6 Georgia,serif;color:#123;max-width:40rem;margin:2rem auto}</style>';
  const dark =
    '<style>:root{color-scheme:dark}body{font:17px sans-serif;background:#101820;color:#e8eef2;max-width:40rem;margin:2rem auto}</style>';
  return {
    '/plain': { html: page(origin, article, serif), headers: type },
    '/dark': { html: page(origin, article, dark), headers: type },
    '/spanish': { html: page(origin, article, serif, 'lang="es-US"'), headers: type },
    '/hostile': { html: page(origin, article, `<style>${hostile}</style>`), headers: type },
    '/strict': {
      html: page(origin, article),
      headers: {
        ...type,
        'content-security-policy': `default-src 'none'; script-src ${origin}; connect-src ${origin}; require-trusted-types-for 'script'; base-uri 'none'; form-action 'none'`,
      },
    },
    '/unknown': {
      html: page(origin, outcomes(origin, 'claims="no-such-claim mild-improved"')),
      headers: type,
    },
    '/all': { html: page(origin, outcomes(origin, '')), headers: type },
    '/hidden': { html: page(origin, outcomes(origin, `${two} hidden`)), headers: type },
  };
};
