import { expect, it } from 'vitest';
import { visitToName } from '../../../../shared/care/emailing/visit-named.ts';
import type { Episode } from '../../../../shared/care/patient/episode.ts';
import { utcInstant } from '../../../../shared/platform/calendar.ts';
import { anEpisode } from '../../../support/samples/builders.ts';

const epidural = anEpisode({ family: 'epidural-steroid-injection', serviceDate: '2026-03-02' });
const facet = (overrides: Partial<Episode> = {}): Episode =>
  anEpisode({ family: 'facet-joint-injection', serviceDate: '2026-03-04', ...overrides });

/** The two-week window of March 4 is from March 14 to 25, the one-month window from March 29 to April 18. */
it.each<readonly [string, readonly Episode[], string, string | undefined]>([
  ['another survey is open', [facet()], '2026-03-16', '2026-03-02'],
  ['another survey opens today', [facet()], '2026-03-14', '2026-03-02'],
  ['another survey opens tomorrow', [facet()], '2026-03-13', undefined],
  ['another survey closes today', [facet()], '2026-03-25', '2026-03-02'],
  ['another survey closed yesterday', [facet()], '2026-03-26', undefined],
  [
    'the other survey has been emailed',
    [facet({ touchpoints: { '2w': { status: 'emailed', emails: 1 } } })],
    '2026-03-16',
    '2026-03-02',
  ],
  [
    'the other survey is answered',
    [facet({ touchpoints: { '2w': { status: 'answered', emails: 1 } } })],
    '2026-03-16',
    undefined,
  ],
  ['the other treatment is cancelled', [facet({ status: 'cancelled' })], '2026-03-16', undefined],
  ['there is no other treatment', [], '2026-03-16', undefined],
])('an email names the day of its visit, or does not, when %s', (_, others, day, named) => {
  expect(visitToName({ episodes: [epidural, ...others] }, epidural, utcInstant(`${day}T15:00:00Z`))).toBe(
    named,
  );
});
