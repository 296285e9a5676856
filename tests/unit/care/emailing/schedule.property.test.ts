import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stopByEmailEvent } from '../../../../shared/care/emailing/email-events.ts';
import { decideEmail } from '../../../../shared/care/emailing/next-email.ts';
import { enroll, retract } from '../../../../shared/care/intake/enrollment.ts';
import type { PatientChange } from '../../../../shared/care/patient/commit-change.ts';
import type { Episode } from '../../../../shared/care/patient/episode.ts';
import { sourceId, sourceTimeOf } from '../../../../shared/care/patient/ids.ts';
import type { PatientRecord, SourceNote } from '../../../../shared/care/patient/patient.ts';
import { plannedEmails } from '../../../../shared/care/patient/planned-emails.ts';
import { contactChange } from '../../../../shared/care/patient/profiles.ts';
import type { SurveyResponse } from '../../../../shared/care/patient/response.ts';
import { resumePatient, stopPatient } from '../../../../shared/care/patient/stops.ts';
import { stateOf } from '../../../../shared/care/patient/transitions.ts';
import { answer, surveyOf } from '../../../../shared/care/survey/answering.ts';
import {
  addDays,
  addSeconds,
  daysBetween,
  instantAt,
  isQuiet,
  localDateOf,
  workingDayFrom,
  zoneId,
} from '../../../../shared/platform/calendar.ts';
import {
  type LocalDate,
  type Timepoint,
  timepoints,
  type UtcInstant,
  type ZoneId,
} from '../../../../shared/platform/time.ts';
import { type FamilyId, familyIds } from '../../../../shared/protocol/families.ts';
import type { Touchpoint } from '../../../../shared/protocol/plans.ts';
import {
  aContactReport,
  aReport,
  aRetraction,
  codeFor,
  defaults,
  emptyRecord,
  stopKindOf,
} from '../../../support/samples/builders.ts';

/** What can happen to a patient. Times are what passes before it. */
type Step =
  | { readonly do: 'sweep'; readonly hours: number }
  | { readonly do: 'days-of-sweeps'; readonly days: number }
  | { readonly do: 'answer'; readonly timepoint: Timepoint; readonly episode: number }
  | { readonly do: 'opt-out' | 'resume' | 'die' | 'new-address' | 'bounce' }
  | { readonly do: 'move'; readonly zone: ZoneId }
  | { readonly do: 'treat'; readonly family: FamilyId; readonly daysAgo: number }
  | { readonly do: 'retract'; readonly episode: number };

type Email = {
  readonly at: UtcInstant;
  readonly on: LocalDate;
  readonly episode: Episode;
  readonly touchpoint: Touchpoint;
  readonly number: number;
};

const zones = [
  'America/New_York',
  'America/Los_Angeles',
  'Pacific/Pago_Pago',
  'Pacific/Kiritimati',
  'Australia/Lord_Howe',
].map(zoneId);

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant('sweep' as const), hours: fc.integer({ min: 0, max: 60 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('sweep' as const), hours: fc.integer({ min: 100, max: 5000 }) }),
    },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('days-of-sweeps' as const),
        days: fc.integer({ min: 1, max: 20 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('answer' as const),
        timepoint: fc.constantFrom(...timepoints),
        episode: fc.nat(3),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constantFrom('opt-out' as const, 'resume' as const, 'new-address' as const, 'bounce' as const),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('resume' as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('move' as const), zone: fc.constantFrom(...zones) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('treat' as const),
        family: fc.constantFrom(...familyIds),
        daysAgo: fc.integer({ min: 0, max: 40 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('retract' as const), episode: fc.nat(3) }) },
  ),
  { minLength: 5, maxLength: 60 },
);

const merge = <T>(
  old: readonly T[],
  changed: readonly T[],
  isSame: (a: T, b: T) => boolean,
): readonly T[] => [...old.filter((item) => !changed.some((other) => isSame(item, other))), ...changed];

const sameEpisode = (a: Episode, b: Episode): boolean => a.episodeId === b.episodeId;

/** One patient whose record is changed as the application changes it, and every email that went. */
const patientWorld = (start: UtcInstant) => {
  let now = start;
  let record: PatientRecord = emptyRecord;
  let told = 0;
  const emails: Email[] = [];
  const answered: { readonly at: number; readonly episode: Episode; readonly timepoint: Timepoint }[] = [];

  const put = (change: PatientChange & { readonly source?: SourceNote }, response?: SurveyResponse): void => {
    for (const episode of change.episodes) {
      const before = record.episodes.find((other) => sameEpisode(other, episode));
      expect(episode.revision).toBe((before?.revision ?? 0) + 1);
    }
    record = {
      ...record,
      ...(change.profile === undefined ? {} : { profile: change.profile }),
      episodes: merge(record.episodes, change.episodes, sameEpisode),
      sources: merge(
        record.sources,
        change.source === undefined ? [] : [change.source],
        (a, b) => a.sourceId === b.sourceId,
      ),
      responses:
        response === undefined
          ? record.responses
          : merge(
              record.responses,
              [response],
              (a, b) => a.timepoint === b.timepoint && a.episodeId === b.episodeId,
            ),
    };
  };

  const sweep = (): void => {
    for (let round = 0; round < 20; round += 1) {
      const due = record.episodes.filter(({ nextDueAt }) => nextDueAt !== undefined && nextDueAt <= now);
      if (due.length === 0) return;
      for (const entry of due) {
        const episode = record.episodes.find((other) => sameEpisode(other, entry));
        if (episode === undefined) continue;
        const decision = decideEmail(record, episode, now);
        if (decision.outcome === 'nothing') continue;
        if (decision.outcome === 'send') {
          const { touchpoint, number } = decision.planned;
          emails.push({ at: now, on: localDateOf(now, episode.zone), episode, touchpoint, number });
          expect(stopKindOf(record)).toBeUndefined();
          expect(decision.address).toBe(record.profile?.email);
        }
        put({ episodes: [{ ...decision.episode, revision: episode.revision + 1 }] });
      }
    }
    throw new Error('A sweep at one moment does not come to an end.');
  };

  const report = () => {
    told += 1;
    return { eventId: `e-${told}`, reportedAt: sourceTimeOf(now) };
  };

  const take = (step: Step): void => {
    switch (step.do) {
      case 'sweep':
        now = addSeconds(now, step.hours * 3600 + 17);
        sweep();
        break;
      case 'days-of-sweeps':
        for (let hour = 0; hour < step.days * 24; hour += 3) {
          now = addSeconds(now, 3 * 3600);
          sweep();
        }
        break;
      case 'answer': {
        const episode = record.episodes[step.episode % Math.max(record.episodes.length, 1)];
        if (episode === undefined) return;
        const survey = surveyOf(record, { ...episode, touchpoint: step.timepoint }, now);
        const submission = {
          answers: { condition: 'same' },
          assisted: false,
          quality: 'trusted',
          locale: 'en',
        } as const;
        const change = survey === undefined ? undefined : answer(survey, submission, now);
        if (change?.outcome !== 'stored' || change.episode === undefined) return;
        answered.push({ at: emails.length, episode, timepoint: step.timepoint });
        put({ episodes: [change.episode] }, change.response);
        break;
      }
      case 'opt-out':
        put(stopPatient(record, 'opted-out', now, 'reader'));
        break;
      case 'resume':
        put(resumePatient(record, now));
        break;
      case 'die':
        put(contactChange({ record, report: aContactReport({ ...report(), died: true }), defaults, now }));
        break;
      case 'new-address': {
        const news = aContactReport({ ...report(), email: `maria.${told}@example.com` });
        put(contactChange({ record, report: news, defaults, now }));
        break;
      }
      case 'bounce': {
        const last = emails.at(-1);
        if (last === undefined) return;
        const link = { episodeId: last.episode.episodeId, touchpoint: last.touchpoint.id };
        put(stopByEmailEvent({ record, link, kind: 'hard-bounce', recipients: [], now }));
        break;
      }
      case 'move':
        put(
          contactChange({ record, report: aContactReport({ ...report(), zone: step.zone }), defaults, now }),
        );
        break;
      case 'treat': {
        const zone = record.profile?.zone ?? defaults.zone;
        const on = addDays(localDateOf(now, zone), -step.daysAgo);
        const source = aReport({
          ...report(),
          sourceId: sourceId(`s-${told}`),
          performed: { kind: 'date', on },
          codes: [codeFor(step.family)],
          patient: {
            patientId: record.patientId,
            ...(record.profile === undefined ? { email: 'maria@example.com' } : {}),
          },
        });
        put(enroll({ record, report: source, defaults, now }));
        break;
      }
      case 'retract': {
        const sourceId = record.episodes[step.episode]?.sources[0];
        if (sourceId === undefined) return;
        put(retract({ record, report: aRetraction({ ...report(), sourceId }), now }));
        break;
      }
    }
  };
  return { take, emails, answered, record: () => record };
};

const checkEmail = ({ at, on, episode, touchpoint }: Email): void => {
  expect(isQuiet(at, episode.zone)).toBe(false);
  const day = daysBetween(episode.serviceDate, on);
  expect(day).toBeGreaterThanOrEqual(touchpoint.window.opensDay);
  expect(day).toBeLessThanOrEqual(touchpoint.window.closesDay);
  if (touchpoint.at === 'morning') expect(workingDayFrom(on)).toBe(on);
  expect(at >= instantAt(on, '08:00', episode.zone)).toBe(true);
};

const nameOf = ({ episode, touchpoint }: Email): string =>
  `${episode.family} ${episode.serviceDate} ${touchpoint.id}`;

const checkAll = (emails: readonly Email[]): void => {
  for (const email of emails) checkEmail(email);
  const days = emails.map(({ on }) => on);
  expect([...new Set(days)].toSorted()).toEqual(days);
  const invitations = emails.filter(({ touchpoint, number }) => touchpoint.kind === 'survey' && number === 1);
  for (const [index, email] of invitations.slice(1).entries()) {
    const before = invitations[index];
    if (before === undefined || daysBetween(before.on, email.on) >= 7) continue;
    const aWeekLater = daysBetween(email.episode.serviceDate, workingDayFrom(addDays(before.on, 7)));
    expect(aWeekLater + 3).toBeGreaterThan(email.touchpoint.window.closesDay);
  }
  for (const all of Map.groupBy(emails, nameOf).values()) {
    expect(all.length).toBeLessThanOrEqual(all[0]?.touchpoint.kind === 'survey' ? 3 : 1);
    expect(all.map(({ number }) => number)).toEqual(all.map((_, index) => index + 1));
  }
};

const checkPointers = ({ episodes }: PatientRecord): void => {
  for (const episode of episodes) {
    const planned = plannedEmails(episode);
    expect(episode.nextDueAt !== undefined).toBe(planned.length > 0);
    expect(episode.status === 'active').toBe(planned.length > 0);
    if (planned[0] !== undefined && episode.nextDueAt !== undefined) {
      expect(episode.nextDueAt >= planned[0].at).toBe(true);
    }
  }
};

describe('whatever happens to a patient', () => {
  it('email obeys every rule, and the pointer stands exactly where something is planned', () => {
    let emailed = 0;
    fc.assert(
      fc.property(steps, fc.constantFrom(...zones), fc.integer({ min: 0, max: 700 }), (plan, zone, day) => {
        const world = patientWorld(addSeconds('2026-01-01T13:00:00Z', day * 86_400));
        world.take({ do: 'treat', family: 'mild', daysAgo: 0 });
        world.take({ do: 'move', zone });
        for (const step of plan) {
          const before = world.emails.length;
          const stopped = stopKindOf(world.record()) !== undefined;
          world.take(step);
          if (stopped) expect(world.emails.length).toBe(before);
          checkPointers(world.record());
        }
        checkAll(world.emails);
        for (const { at, episode, timepoint } of world.answered) {
          const later = world.emails
            .slice(at)
            .filter((email) => email.touchpoint.id === timepoint && sameEpisode(email.episode, episode));
          expect(later).toEqual([]);
        }
        emailed += world.emails.length;
      }),
      { numRuns: 60 },
    );
    expect(emailed).toBeGreaterThan(60);
  });

  it('swept every three hours and never answered, every survey is invited to once and reminded of twice', () => {
    for (const family of familyIds) {
      const world = patientWorld('2026-03-02T18:00:00Z');
      world.take({ do: 'treat', family, daysAgo: 0 });
      world.take({ do: 'days-of-sweeps', days: 500 });
      checkAll(world.emails);
      const [episode] = world.record().episodes;
      expect(episode?.status).toBe('finished');
      if (episode === undefined) continue;
      expect(timepoints.map((id) => stateOf(episode, id).emails)).toEqual([3, 3, 3, 3, 3]);
      expect(world.emails.length).toBeGreaterThanOrEqual(16);
    }
  });
});
