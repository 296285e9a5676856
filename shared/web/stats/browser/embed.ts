/// <reference lib="dom" />
/**
 * Runs on other sites: `<clinic-outcomes claims="id id" lang="en">fallback</clinic-outcomes>`. It shows claims of the
 * latest release with their footnotes, or the fallback whenever it cannot confirm that they are still published. It
 * evaluates no code and writes no markup or style attribute, so a strict Content-Security-Policy needs to allow this
 * origin in script-src and connect-src only.
 */
import type { PublicRelease, ShownClaim } from '../../../outcomes/release/release-schema.ts';

/** Replaced when the script is served. */
const origin = 'BASE_URL';
const name = 'clinic-outcomes';
const dayMilliseconds = 86_400_000;

/** Milliseconds after which an open page refreshes. It also refreshes when it becomes visible. */
const refreshAfter = 3_600_000;

const linkTexts = {
  en: (release: number) => `How we count (release ${release})`,
  es: (release: number) => `Cómo contamos (publicación ${release})`,
};

/**
 * Undoes what a site's universal rules could do to this element: an important rule in a shadow tree beats an important
 * one outside. Only typeface and colour are inherited, with a minimum size.
 */
const sheet = new CSSStyleSheet();
sheet.replaceSync(
  ':host{display:block!important;visibility:visible!important;opacity:1!important;position:static!important;' +
    'float:none!important;width:auto!important;max-width:none!important;height:auto!important;' +
    'max-height:none!important;overflow:visible!important;transform:none!important;filter:none!important;' +
    'clip-path:none!important;mask:none!important;content-visibility:visible!important}' +
    ':host([hidden]){display:none!important}' +
    'section{all:initial;display:block;font-family:inherit;font-size:max(1em,14px);line-height:1.5;' +
    'color:inherit;direction:ltr;unicode-bidi:isolate;overflow-wrap:anywhere}' +
    'figure{margin:0 0 1.5em}p{margin:0;font-size:1.25em;font-weight:700;line-height:1.3}' +
    'figcaption{margin:.5em 0 0;font-size:max(.8125em,13px)}a{color:inherit}' +
    'a:focus-visible{outline:3px solid;outline-offset:2px}',
);

let cached: { readonly at: number; readonly release: Promise<PublicRelease> } | undefined;

const fetched = async (): Promise<PublicRelease> => {
  const response = await fetch(`${origin}/stats/latest.json`, {
    credentials: 'omit',
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw response;
  return response.json();
};

/** All elements of a page share one request per minute. The browser cache revalidates with the ETag. */
const latest = (): Promise<PublicRelease> => {
  if (cached === undefined || Date.now() - cached.at > 60_000)
    cached = { at: Date.now(), release: fetched() };
  return cached.release;
};

const element = (tag: string, ...children: readonly (Node | string)[]): HTMLElement => {
  const created = document.createElement(tag);
  created.append(...children);
  return created;
};

/** Neither withheld nor a year old. A new release would share no month of treatment with older figures. */
const isCurrent = (claim: PublicRelease['claims'][number]): claim is ShownClaim =>
  claim.status !== 'withheld' && Date.now() < Date.parse(claim.asOf) + 365 * dayMilliseconds;

const figure = (claim: ShownClaim, release: number, locale: 'en' | 'es'): HTMLElement => {
  const link = document.createElement('a');
  link.href = `${origin}/stats?lang=${locale}#${claim.id}`;
  link.textContent = linkTexts[locale](release);
  return element(
    'figure',
    element('p', claim.sentence[locale]),
    element('figcaption', claim.footnote[locale], ' ', link),
  );
};

class ClinicOutcomes extends HTMLElement {
  static readonly observedAttributes = ['claims', 'lang'];
  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #refresh = (): void => {
    if (!document.hidden) this.#update();
  };
  #timer = 0;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.append(element('slot'));
  }

  connectedCallback(): void {
    this.#update();
    document.addEventListener('visibilitychange', this.#refresh);
    this.#timer = window.setInterval(this.#refresh, refreshAfter);
  }

  disconnectedCallback(): void {
    document.removeEventListener('visibilitychange', this.#refresh);
    clearInterval(this.#timer);
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#update();
  }

  async #update(): Promise<void> {
    let shown: HTMLElement;
    try {
      const { number, claims } = await latest();
      const wanted = this.getAttribute('claims')?.split(/\s+/);
      const tag = this.closest('[lang]')?.getAttribute('lang');
      const locale = tag?.startsWith('es') ? 'es' : 'en';
      const figures = claims
        .filter(isCurrent)
        .filter(({ id }) => wanted === undefined || wanted.includes(id))
        .map((claim) => figure(claim, number, locale));
      shown = figures.length > 0 ? element('section', ...figures) : element('slot');
    } catch {
      shown = element('slot');
    }
    this.#root.replaceChildren(shown);
  }
}

if (!customElements.get(name)) customElements.define(name, ClinicOutcomes);
