/// <reference lib="dom" />
/**
 * Runs on the survey page: shows one question at a time and saves each answer as a draft. Without it, or where it fails,
 * the page is one plain form. All its texts come from the page.
 */

type Step = { readonly box: HTMLElement; readonly field: HTMLElement | null };

const make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  text: string,
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
};

const buttonOf = (className: string, text: string, press: () => void): HTMLButtonElement => {
  const button = make('button', className, text);
  button.type = 'button';
  button.addEventListener('click', press);
  return button;
};

/**
 * Saves the form as a draft on every change, one request at a time, and retries after 10 seconds on failure. A refusal
 * (4xx) would be repeated, so it is not retried; the next change is saved as usual.
 */
const saveDrafts = (form: HTMLFormElement, status: HTMLElement): void => {
  const { kept = '', lost = '', refused = '' } = form.dataset;
  let isDirty = false;
  let isBusy = false;
  const save = async (): Promise<void> => {
    if (isBusy || !isDirty) return;
    isBusy = true;
    isDirty = false;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) body.append(name, String(value));
    body.append('draft', '1');
    const code = await fetch(form.action, { method: 'POST', body, keepalive: true }).then(
      (response) => response.status,
      () => 0,
    );
    isBusy = false;
    const isRefused = code >= 400 && code < 500;
    if (code === 204 || isRefused) save();
    else {
      isDirty = true;
      setTimeout(save, 10_000);
    }
    const message = isRefused ? refused : code === 204 ? kept : lost;
    if (status.textContent !== message) status.textContent = message;
  };
  form.addEventListener('input', () => {
    isDirty = true;
  });
  form.addEventListener('change', save);
  document.addEventListener('visibilitychange', save);
};

const isAnswered = ({ box }: Step): boolean => box.querySelector('input:checked') !== null;

/** Removes the number tapped in the email from the address, or it would stay in the history and come back on a reload. */
const forgetTapped = (): void => {
  const query = new URLSearchParams(location.search);
  if (!query.has('a')) return;
  query.delete('a');
  const kept = query.size === 0 ? '' : `?${query}`;
  history.replaceState(null, '', location.pathname + kept + location.hash);
};

const run = (form: HTMLFormElement): void => {
  forgetTapped();
  const texts = form.dataset;
  const steps: readonly Step[] = Array.from(form.querySelectorAll<HTMLElement>('.step'), (box) => ({
    box,
    field: box.querySelector('fieldset'),
  }));
  const sections = form.querySelectorAll('section');
  const intro = document.querySelector<HTMLElement>('.intro');
  const percent = form.querySelector<HTMLInputElement>('[name=improvementPercent]');
  const last = steps.length - 1;
  let current = 0;

  const progress = make('p', 'progress', '');
  const place = make('span', '', '');
  place.id = 'progress';
  const bar = make('progress', '', '');
  bar.max = steps.length;
  bar.ariaHidden = 'true';
  progress.append(place, bar);
  const status = make('p', 'kept', '');
  status.role = 'status';
  const back = buttonOf('plain', texts['back'] ?? '', () => {
    location.hash = `q${current}`;
  });
  const next = buttonOf('', texts['next'] ?? '', () => forward());
  const nav = make('p', 'nav', '');
  nav.append(back, next);
  form.prepend(progress);
  form.append(nav, status);
  form.classList.add('stepped');
  saveDrafts(form, status);

  const show = (index: number, target?: HTMLElement): void => {
    current = index;
    for (const [at, { box }] of steps.entries()) box.hidden = at !== index;
    for (const section of sections) section.hidden = section.querySelector('.step:not([hidden])') === null;
    back.hidden = index === 0;
    next.hidden = index === last;
    if (intro) intro.hidden = index > 0;
    bar.value = index + 1;
    place.textContent = (texts['step'] ?? '')
      .replace('##', String(steps.length))
      .replace('#', String(index + 1));
    const { field } = steps[index] ?? {};
    if (target === undefined) return;
    document.querySelector('.resumed')?.remove();
    progress.scrollIntoView();
    (target === form ? field : target)?.focus({ preventScroll: target === form });
  };

  const stepOf = (element: Element | null): number =>
    steps.findIndex(({ box }) => element !== null && box.contains(element));

  /** `#q3` shows the third question; the id of a field shows its question. */
  const follow = (): void => {
    const name = location.hash.slice(1);
    const element = name === '' ? null : document.getElementById(name);
    const containing = stepOf(element);
    const numbered = Number(/^q(\d+)$/.exec(name)?.[1] ?? 1) - 1;
    if (element && containing >= 0) show(containing, element);
    else if (name === '' || /^q\d/.test(name)) show(Math.min(Math.max(numbered, 0), last), form);
  };

  const complain = (input: HTMLElement | null | undefined, text: string): void => {
    const { box } = steps[0] ?? {};
    box?.querySelector('.error')?.remove();
    const error = make('p', 'error', text);
    error.id = 'step-error';
    error.role = 'alert';
    const at = input === percent ? percent : box?.querySelector('.row');
    at?.before(error);
    input?.setAttribute('aria-describedby', error.id);
    input?.focus();
  };

  /** Only the first question needs an answer. Everything else is checked when the form is sent. */
  const isIncomplete = (): boolean => {
    if (current !== 0) return false;
    const chosen = form.querySelector<HTMLInputElement>('[name=condition]:checked');
    if (!chosen) {
      complain(form.querySelector<HTMLElement>('[name=condition]'), texts['condition'] ?? '');
      return true;
    }
    const isBetter = chosen.value === 'better';
    if (isBetter && !/^\s*0*([1-9]\d?|100)\s*[%.]?\s*$/.test(percent?.value.normalize('NFKC') ?? '')) {
      complain(percent, texts['percent'] ?? '');
      return true;
    }
    steps[0]?.box.querySelector('.error')?.remove();
    if (!isBetter && percent) percent.value = '';
    return false;
  };

  const forward = (): void => {
    if (!isIncomplete()) location.hash = `q${current + 2}`;
  };

  form.addEventListener('submit', (event) => {
    const button = event.submitter;
    if (button instanceof HTMLButtonElement && button.name !== '') {
      form.action = location.pathname + location.hash;
    } else if (current !== last) {
      event.preventDefault();
      forward();
    }
  });
  addEventListener('hashchange', follow);

  for (const { field } of steps) {
    field?.setAttribute(
      'aria-describedby',
      `progress ${field.getAttribute('aria-describedby') ?? ''}`.trim(),
    );
  }
  const wrong = stepOf(form.querySelector('.wrong'));
  const open = steps.findIndex((step) => !isAnswered(step));
  const start = wrong >= 0 ? wrong : open < 0 ? last : open;
  const hasTarget = location.hash !== '';
  if (hasTarget) follow();
  else if (start > 0) history.replaceState(null, '', `#q${start + 1}`);
  if (!hasTarget) show(start);
};

const form = document.querySelector<HTMLFormElement>('#survey[data-next]');
if (form) run(form);
