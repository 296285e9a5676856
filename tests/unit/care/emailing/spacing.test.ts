import { describe, expect, it } from 'vitest';
import { minDaysBetweenEmails } from '../../../../shared/care/emailing/deferrals.ts';
import { decideEmail } from '../../../../shared/care/emailing/next-email.ts';
import type { Episode } from '../../../../shared/care/patient/episode.ts';
import type { PatientRecord } from '../../../../shared/care/patient/patient.ts';
import { addDays, instantAt, localDateOf, zoneId } from '../../../../shared/platform/calendar.ts';
import type { LocalDate } from '../../../../shared/platform/time.ts';
import { type FamilyId, familyIds } from '../../../../shared/protocol/families.ts';
import { daysFrom } from '../../../support/oracles/clinic-days.ts';
import { anEpisode, aRecord } from '../../../support/samples/builders.ts';

type Sent = {
  readonly on: LocalDate;
  readonly episode: Episode;
  readonly touchpoint: string;
  readonly number: number;
};

const treated = (family: FamilyId, serviceDate: LocalDate): Episode =>
  anEpisode({ family, serviceDate, enrolledAt: `${serviceDate}T20:00:00Z` });

/** Plays the sender at 10:00 and 18:00 for the days after the first treatment; nobody answers. */
const played = (episodes: readonly Episode[], days: number): readonly Sent[] => {
  let record: PatientRecord = aRecord({ episodes });
  const sent: Sent[] = [];
  const first = episodes.map(({ serviceDate }) => serviceDate).toSorted()[0] ?? '2026-05-01';
  for (let day = 0; day <= days; day += 1) {
    for (const time of ['10:00', '18:00']) {
      const now = instantAt(addDays(first, day), time, zoneId('America/New_York'));
      for (const { episodeId } of episodes) {
        const current = record.episodes.find((each) => each.episodeId === episodeId);
        const decision = current === undefined ? undefined : decideEmail(record, current, now);
        if (decision === undefined || decision.outcome === 'nothing') continue;
        const { episode } = decision;
        record = {
          ...record,
          episodes: record.episodes.map((each) => (each.episodeId === episodeId ? episode : each)),
        };
        if (decision.outcome !== 'send') continue;
        const { touchpoint, number } = decision.planned;
        sent.push({ on: localDateOf(now, episode.zone), episode, touchpoint: touchpoint.id, number });
      }
    }
  }
  return sent;
};

const serviceDates = Array.from({ length: 28 }, (_, day) => addDays('2026-05-01', day));

const firstSurveys = ['2w', '1m'] as const;

const pairs = familyIds.flatMap((one) => familyIds.map((two) => [one, two] as const));

const gaps = (sent: readonly Sent[]): readonly number[] =>
  sent.slice(1).map(({ on }, index) => daysFrom(sent[index]?.on ?? on, on));

describe('the emails of one patient', () => {
  it.each(familyIds)('after one treatment are never a day apart: %s', (family) => {
    for (const on of serviceDates) {
      const sent = played([treated(family, on)], 140);
      expect(Math.min(...gaps(sent)), on).toBeGreaterThanOrEqual(minDaysBetweenEmails);
    }
  });

  it.each(pairs)('after two treatments, %s and %s, lose no survey to spacing', (one, two) => {
    for (const on of serviceDates) {
      for (const apart of one === two ? [1, 3, 7] : [0, 1, 3, 7]) {
        const episodes = [treated(one, on), treated(two, addDays(on, apart))];
        const sent = played(episodes, 60);
        for (const { episodeId } of episodes) {
          for (const id of firstSurveys) {
            const invited = sent.filter(
              ({ episode, touchpoint, number }) =>
                episode.episodeId === episodeId && touchpoint === id && number === 1,
            );
            expect(invited.length, `${on} +${apart} ${id}`).toBe(1);
          }
        }
        expect(Math.min(...gaps(sent)), `${on} +${apart}`).toBeGreaterThanOrEqual(1);
      }
    }
  });

  it('after treatments of every family on one day lose no survey either', () => {
    for (const on of serviceDates) {
      const sent = played(
        familyIds.map((family) => treated(family, on)),
        60,
      );
      for (const id of firstSurveys) {
        const invited = sent.filter(({ touchpoint, number }) => touchpoint === id && number === 1);
        expect(invited.length, `${on} ${id}`).toBe(familyIds.length);
      }
      expect(Math.min(...gaps(sent)), on).toBeGreaterThanOrEqual(1);
    }
  });

  it('leave days to answer after the second of two invitations', () => {
    for (const on of serviceDates) {
      const sent = played(
        [treated('facet-joint-injection', on), treated('epidural-steroid-injection', on)],
        30,
      );
      const last = sent.filter(({ touchpoint, number }) => touchpoint === '2w' && number === 1).at(-1);
      expect(daysFrom(on, last?.on ?? on), on).toBeLessThan(21);
    }
  });
});
