/// <reference lib="dom" />
/**
 * Runs in other sites' pages: `<clinic-outcomes claims="id id" lang="en">what to show without it</clinic-outcomes>`.
 * It shows claims of the latest release with their footnotes, and what stands between the tags whenever it cannot
 * be sure that they are still published. It evaluates nothing, writes no markup and no style attribute, so a
 * strict Content-Security-Policy needs to allow this origin under script-src and connect-src only.
 */
import type { PublicRelease, ShownClaim } from '../../../outcomes/release/release-schema.ts';

/** Put in when the script is served. */
const origin = 'BASE_URL';
const name = 'clinic-outcomes';
const day = 86_400_000;

/** An open page asks again this often, and whenever it comes to the front. */
const askAgainAfter = 3_600_000;

const words = {
  en: (release: number) => `How we count (release ${release})`,
  es: (release: number) => `Cómo contamos (publicación ${release})`,
};

/**
 * What a site's own rules for every element could do to this one, undone: an important rule in here beats an
 * important one out there. Inside, only type and colour come from the site, and never too small to read.
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

let asked: { readonly at: number; readonly release: Promise<PublicRelease> } | undefined;

const fetched = async (): Promise<PublicRelease> => {
  const response = await fetch(`${origin}/stats/latest.json`, {
    credentials: 'omit',
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw response;
  return response.json();
};

/** All elements of a page share one request; the browser's cache asks with the ETag when its time is over. */
const latest = (): Promise<PublicRelease> => {
  if (asked === undefined || Date.now() - asked.at > 60_000) asked = { at: Date.now(), release: fetched() };
  return asked.release;
};

const element = (tag: string, ...children: readonly (Node | string)[]): HTMLElement => {
  const made = document.createElement(tag);
  made.append(...children);
  return made;
};

/** Not withheld, and not a year old: then a new release would share no month with it. */
const isCurrent = (claim: PublicRelease['claims'][number]): claim is ShownClaim =>
  claim.status !== 'withheld' && Date.now() < Date.parse(claim.asOf) + 365 * day;

const figure = (claim: ShownClaim, release: number, locale: 'en' | 'es'): HTMLElement => {
  const link = document.createElement('a');
  link.href = `${origin}/stats?lang=${locale}#${claim.id}`;
  link.textContent = words[locale](release);
  return element(
    'figure',
    element('p', claim.sentence[locale]),
    element('figcaption', claim.footnote[locale], ' ', link),
  );
};

class ClinicOutcomes extends HTMLElement {
  static readonly observedAttributes = ['claims', 'lang'];
  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #again = (): void => {
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
    document.addEventListener('visibilitychange', this.#again);
    this.#timer = window.setInterval(this.#again, askAgainAfter);
  }

  disconnectedCallback(): void {
    document.removeEventListener('visibilitychange', this.#again);
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
