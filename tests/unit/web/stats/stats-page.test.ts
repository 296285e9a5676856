import { expect, it } from 'vitest';
import { statsMessagesFor } from '../../../../shared/messages/stats/messages.ts';
import { locales } from '../../../../shared/platform/locale.ts';
import { renderStatsPage } from '../../../../shared/web/stats/stats-page.tsx';
import { sampleRelease } from '../../../support/samples/release-samples.ts';

const { public: release, digest } = sampleRelease();

/** The numbers of the earlier releases that the page of a release leads to. */
const earlierOn = (number: number): readonly number[] => {
  const html = renderStatsPage({
    locale: 'en',
    clinic: 'Clinic',
    baseUrl: 'https://a.example',
    release: { ...release, number },
    digest,
    today: release.createdOn,
  });
  // The page links its own release too.
  return [...html.matchAll(/<li><a href="\/stats\/releases\/(\d+)\.json">/g)]
    .map(([, listed]) => Number(listed))
    .filter((listed) => listed !== number);
};

it.each([
  [1, 0, undefined],
  [2, 1, 1],
  [25, 24, 1],
  [26, 24, 2],
  [120, 24, 96],
])('the page of release %i lists the %i before it, the last first', (number, count, oldest) => {
  const listed = earlierOn(number);
  expect(listed).toHaveLength(count);
  expect(listed[0]).toBe(count === 0 ? undefined : number - 1);
  expect(listed.at(-1)).toBe(oldest);
});

it.each(locales)('the texts about the figures are these, in %s', (locale) => {
  expect(statsMessagesFor(locale)).toMatchSnapshot();
});
