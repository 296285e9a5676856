import { describe, expect, it } from 'vitest';
import { changePreferenceWith, type Preference } from '../../../../shared/care/patient/email-preference.ts';
import { currentGeneration, linkFor } from '../../../../shared/care/patient/links.ts';
import { plannedEmails } from '../../../../shared/care/patient/planned-emails.ts';
import { addDays } from '../../../../shared/platform/calendar.ts';
import { memoryStores } from '../../../support/oracles/memory-stores.ts';
import { anEpisode, aProfile, episodeIdFor, thePatient } from '../../../support/samples/builders.ts';

const now = '2026-03-16T14:00:00Z';
const token = 'a'.repeat(32);

/** A patient with a number of active episodes, and a link to the first of them. */
const aPatientWith = async (count: number) => {
  const { care } = memoryStores();
  const episodes = Array.from({ length: count }, (_, day) => {
    const serviceDate = addDays('2026-03-10', -day);
    return anEpisode({ serviceDate, episodeId: episodeIdFor('epidural-steroid-injection', serviceDate) });
  });
  await care.commit([{ kind: 'profile', item: aProfile() }]);
  for (const item of episodes) await care.commit([{ kind: 'episode', item }]);
  const [episode = anEpisode()] = episodes;
  const [planned] = plannedEmails(episode);
  if (planned === undefined) throw new Error('nothing is planned');
  await care.commit([
    {
      kind: 'link',
      item: linkFor({ token, episode, planned, generation: currentGeneration(aProfile()), now }),
    },
  ]);
  return care;
};

describe('a preference from a link', () => {
  const cases = (['stop', 'not-me'] as const).flatMap((wish) =>
    [1, 90, 91, 99, 250].map((count): readonly [Preference, number] => [wish, count]),
  );

  it.each(cases)('"%s" leaves none of %i episodes active', async (wish, count) => {
    const care = await aPatientWith(count);
    expect(await changePreferenceWith(care, { now: () => now })(token, wish)).toMatchObject({
      outcome: 'done',
    });
    const { episodes } = await care.load(thePatient);
    expect(episodes.filter(({ status }) => status === 'active')).toEqual([]);
    expect(episodes).toHaveLength(count);
  });
});
