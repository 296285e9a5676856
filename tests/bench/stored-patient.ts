import { patientId } from '../../shared/care/patient/ids.ts';
import { hashOfToken } from '../../shared/care/patient/links.ts';
import { addDays } from '../../shared/platform/calendar.ts';
import type { LocalDate } from '../../shared/platform/time.ts';
import type { World } from '../support/labs/function-lab.ts';
import { anEpisode, aProfile, episodeIdFor } from '../support/samples/builders.ts';

/** Token of the stored patient's two-week survey. */
export const token = 'survey-token-0123456789ab';

/** Stores a patient who was emailed the two-week survey on the day before `today`. */
export const storePatient = async (world: World, today: LocalDate): Promise<void> => {
  const serviceDate = addDays(today, -15);
  const emailed = addDays(today, -1);
  const touchpoints = {
    instructions: { status: 'emailed', emails: 1, firstEmailOn: serviceDate },
    '2w': { status: 'emailed', emails: 1, firstEmailOn: emailed },
  } as const;
  await world.store.commit([
    { kind: 'profile', item: aProfile() },
    { kind: 'episode', item: anEpisode({ serviceDate, touchpoints }) },
    {
      kind: 'link',
      item: {
        tokenHash: hashOfToken(token),
        patientId: patientId('p-1'),
        episodeId: episodeIdFor('epidural-steroid-injection', serviceDate),
        family: 'epidural-steroid-injection',
        serviceDate,
        planVersion: 1,
        touchpoint: '2w',
        createdAt: `${emailed}T15:00:00Z`,
        expiresAt: `${addDays(today, 90)}T04:00:00Z`,
      },
    },
  ]);
};
