import { addSeconds, utcInstant } from '../../../shared/platform/calendar.ts';
import type { Answers } from '../../../shared/protocol/instrument.ts';

/** The links that a patient finds in an email. */
export type FoundLinks = { readonly survey: string | undefined; readonly unsubscribe: string | undefined };

/**
 * Takes a MIME message and where the pages are now, gives the links in it: the way from an email back to the
 * product. A year that goes on after an interruption may have its pages on another port than its older emails say.
 */
export const linksIn = (raw: Buffer, origin: string): FoundLinks => {
  const text = raw.toString('latin1').replaceAll('=\r\n', '').replaceAll('=3D', '=');
  const find = (page: string): string | undefined => {
    const path = new RegExp(`https?://[^\\s<>"/]+(/${page}/[A-Za-z0-9_-]{20,})`).exec(text)?.[1];
    return path === undefined ? undefined : `${origin}${path}`;
  };
  return { survey: find('s'), unsubscribe: find('u') };
};

/** Nothing is gained by compressing what stays on one machine. */
const headers = { 'accept-encoding': 'identity' };

const formHeaders = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };

const post = async (url: string, fields: Readonly<Record<string, string>>): Promise<number> => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: formHeaders,
    body: new URLSearchParams(fields).toString(),
  });
  await answer.arrayBuffer();
  return answer.status;
};

/** Taken, or refused because the survey is closed: who thinks again may come too late. */
const expected: readonly number[] = [200, 410];

/** The clock stands still while a sample patient reads: the page is sent back as one shown a minute before. */
const shownIn = (page: string): string | undefined => {
  const shown = /name="shown" value="([^"]+)"/.exec(page)?.[1];
  return shown === undefined ? undefined : addSeconds(utcInstant(shown), -60);
};

/** Where a page with answers already given leads to change them. */
const changeIn = (page: string): string | undefined =>
  /href="([^"]*[?&]change[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&');

const open = async (url: string): Promise<{ readonly status: number; readonly page: string }> => {
  const answer = await fetch(url, { headers });
  return { status: answer.status, page: await answer.text() };
};

/** Opens a survey; who answered before goes on to the form that changes the answers. */
const openForm = async (url: string): Promise<{ readonly status: number; readonly shown: string }> => {
  const first = await open(url);
  const change = shownIn(first.page) === undefined ? changeIn(first.page) : undefined;
  const { status, page } = change === undefined ? first : await open(new URL(change, url).href);
  return { status, shown: shownIn(page) ?? '' };
};

/** Opens a survey's page and sends its form. Throws when the page is not there or the form is refused. */
export const answerSurvey = async (url: string, answers: Answers): Promise<void> => {
  const form = await openForm(url);
  const fields = Object.fromEntries(Object.entries(answers).map(([item, value]) => [item, String(value)]));
  const status = await post(url, { ...fields, shown: form.shown });
  const wasTaken = expected.includes(form.status) && expected.includes(status);
  if (!wasTaken) throw new Error(`A sample survey was answered with ${status}.`);
};

/** Asks for no more email, by the button on the page. */
export const askForNoMore = async (url: string): Promise<void> => {
  const status = await post(url, { action: 'stop', sure: 'yes' });
  if (status !== 200) throw new Error(`A sample opt-out was answered with ${status}.`);
};
