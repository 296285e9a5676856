import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../../../shared/care/emailing/ports.ts';
import type { Episode } from '../../../../shared/care/patient/episode.ts';
import { type SourceTime, sourceId, sourceTimeOf } from '../../../../shared/care/patient/ids.ts';
import { stateOf } from '../../../../shared/care/patient/transitions.ts';
import { addDays, localDateOf, zoneId } from '../../../../shared/platform/calendar.ts';
import { type FamilyId, familyIds } from '../../../../shared/protocol/families.ts';
import { type MemoryClinic, memoryClinic } from '../../../support/labs/memory-clinic.ts';
import { type WatchedStore, watchStates } from '../../../support/oracles/watched-states.ts';
import {
  aContactReport,
  aReport,
  aRetraction,
  codeFor,
  defaults,
  thePatient,
} from '../../../support/samples/builders.ts';

const sesAnswers = {
  accepts: { outcome: 'accepted', messageId: 'm' },
  'refuses this email': { outcome: 'refused', scope: 'this-email', reason: 'MessageRejected' },
  throttles: { outcome: 'refused', scope: 'all-for-now', reason: 'Throttling' },
  'has no quota left': { outcome: 'refused', scope: 'all-today', reason: 'Throttling' },
  'is paused': { outcome: 'refused', scope: 'all-until-fixed', reason: 'AccountSendingPaused' },
  'says nothing': { outcome: 'ambiguous', reason: 'ECONNRESET' },
} as const satisfies Readonly<Record<string, SendOutcome>>;

type SesMood = keyof typeof sesAnswers;

const moods: readonly SesMood[] = [
  'accepts',
  'refuses this email',
  'throttles',
  'has no quota left',
  'is paused',
  'says nothing',
];

/** What the patient or the clinic does, also while SES has an email in hand. `pick` chooses among what there is. */
type Deed =
  | { readonly do: 'answer'; readonly pick: number; readonly percent: number }
  | { readonly do: 'stop' | 'resume' | 'not-me'; readonly pick: number }
  | { readonly do: 'delivered' | 'bounced' | 'complained'; readonly pick: number }
  | { readonly do: 'new-address' | 'opt-out' | 'opt-in' | 'move' }
  | { readonly do: 'correct' | 'retract'; readonly pick: number };

type Step =
  | Deed
  | { readonly do: 'treat'; readonly family: FamilyId; readonly daysAgo: number }
  | { readonly do: 'sweep'; readonly days: number; readonly ses: SesMood; readonly meanwhile?: Deed };

const pick = fc.nat(40);

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      pick,
      percent: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('stop' as const, 'resume' as const, 'resume' as const),
      pick,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('not-me' as const), pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('delivered' as const), pick }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('bounced' as const, 'complained' as const), pick }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('new-address' as const, 'opt-out' as const, 'opt-in' as const, 'move' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('correct' as const, 'retract' as const), pick }) },
);

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: deed },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('treat' as const),
        family: fc.constantFrom(...familyIds),
        daysAgo: fc.integer({ min: 0, max: 500 }),
      }),
    },
    {
      weight: 8,
      arbitrary: fc.record(
        {
          do: fc.constant('sweep' as const),
          days: fc.oneof(
            { weight: 2, arbitrary: fc.integer({ min: 0, max: 7 }) },
            { weight: 1, arbitrary: fc.integer({ min: 8, max: 90 }) },
          ),
          ses: fc.constantFrom(...moods),
          meanwhile: deed,
        },
        { requiredKeys: ['do', 'days', 'ses'] },
      ),
    },
  ),
  { minLength: 5, maxLength: 50 },
);

const daySeconds = 24 * 60 * 60;

const places = ['America/Los_Angeles', 'Pacific/Kiritimati', 'America/New_York'].map(zoneId);

/** Plays a history on the real use cases, and returns what the watched store saw. */
const play = async (history: readonly Step[]): Promise<WatchedStore> => {
  let watched: WatchedStore | undefined;
  const clinic: MemoryClinic = memoryClinic('2026-03-02T20:00:00Z', (store) => {
    watched = watchStates(store);
    return watched.store;
  });
  let told = 0;
  const next = (): { readonly eventId: string; readonly reportedAt: SourceTime } => {
    told += 1;
    return { eventId: `e-${told}`, reportedAt: sourceTimeOf(clinic.now()) };
  };
  const emailAt = (index: number) => clinic.emails[index % Math.max(clinic.emails.length, 1)];
  const treated: { readonly source: ReturnType<typeof sourceId>; readonly family: FamilyId }[] = [];

  const treat = async (family: FamilyId, daysAgo: number): Promise<void> => {
    const source = sourceId(`s-${treated.length}`);
    treated.push({ source, family });
    await report(source, family, daysAgo);
  };

  const report = async (source: ReturnType<typeof sourceId>, family: FamilyId, daysAgo: number) => {
    const on = addDays(localDateOf(clinic.now(), defaults.zone), -daysAgo);
    const patient = { patientId: thePatient, ...(told === 0 ? { email: 'maria@example.com' } : {}) };
    const codes = [codeFor(family)];
    await clinic.acceptProcedure(
      aReport({ ...next(), sourceId: source, patient, codes, performed: { kind: 'date', on } }),
    );
  };

  const perform = async (step: Deed): Promise<void> => {
    switch (step.do) {
      case 'answer': {
        const answers = { condition: 'better', improvementPercent: step.percent } as const;
        await clinic.answer(emailAt(step.pick)?.token ?? '', answers);
        return;
      }
      case 'stop':
      case 'resume':
      case 'not-me':
        await clinic.changePreference(emailAt(step.pick)?.token ?? '', step.do);
        return;
      case 'delivered':
      case 'bounced':
      case 'complained': {
        const { profile } = await clinic.store.load(thePatient);
        await clinic.recordEmailEvent({
          kind: step.do === 'bounced' ? 'bounced-for-good' : step.do,
          sendId: emailAt(step.pick)?.sendId ?? '',
          recipients: [profile?.email ?? ''],
        });
        return;
      }
      case 'new-address':
        await clinic.acceptContact(aContactReport({ ...next(), email: `maria.${told}@example.com` }));
        return;
      case 'opt-out':
      case 'opt-in':
        await clinic.acceptContact(aContactReport({ ...next(), optedOut: step.do === 'opt-out' }));
        return;
      case 'move':
        await clinic.acceptContact(aContactReport({ ...next(), zone: places[told % 3] ?? defaults.zone }));
        return;
      case 'correct': {
        const procedure = treated[step.pick % treated.length];
        if (procedure !== undefined) await report(procedure.source, procedure.family, step.pick);
        return;
      }
      case 'retract': {
        const procedure = treated[step.pick % treated.length];
        if (procedure === undefined) return;
        await clinic.acceptProcedure(aRetraction({ ...next(), sourceId: procedure.source }));
        return;
      }
    }
  };

  await treat('epidural-steroid-injection', 0);
  for (const step of history) {
    clinic.pass(61);
    if (step.do === 'treat') await treat(step.family, step.daysAgo);
    else if (step.do !== 'sweep') await perform(step);
    else {
      clinic.pass(step.days * daySeconds);
      await clinic.sweep(async () => {
        if (step.meanwhile !== undefined) await perform(step.meanwhile);
        return sesAnswers[step.ses];
      });
    }
  }
  if (watched === undefined) throw new Error('The store was not watched.');
  return watched;
};

describe('whatever happens, SES refusing included', () => {
  it('every stored change of a touchpoint or an episode is in the tables', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const watched = await play(history);
        for (const change of watched.seen) seen.add(change);
        expect(watched.violations).toEqual([]);
      }),
      { numRuns: 300 },
    );
    // Histories in which these do not happen prove nothing.
    for (const change of [
      'planned>emailed',
      'planned>skipped',
      'emailed>planned-',
      'emailed>emailed',
      'emailed>emailed-',
      'emailed>answered',
      'emailed>lapsed',
      'active>stopped',
      'stopped>active',
      'active>cancelled',
    ]) {
      expect(seen).toContain(change);
    }
  }, 120_000);
});

describe('a survey that is due while SES throttles', () => {
  it.each([
    ['invitation', 1, { status: 'planned', emails: 0 }],
    ['reminder', 2, { status: 'emailed', emails: 1, firstEmailOn: '2026-03-16', lastEmailOn: '2026-03-16' }],
  ] as const)('stands as before once its %s was refused, and is due again', async (_, number, before) => {
    let watched: WatchedStore | undefined;
    const clinic = memoryClinic('2026-03-02T20:00:00Z', (store) => {
      watched = watchStates(store);
      return watched.store;
    });
    const load = async () => {
      const [episode] = (await clinic.store.load(thePatient)).episodes;
      if (episode === undefined) throw new Error('There is no episode.');
      return { episode, survey: stateOf(episode, '2w') };
    };
    await clinic.acceptProcedure(aReport());
    clinic.pass(3 * 60 * 60);
    await clinic.sweep();
    // To 16 March, 10:00 in New York, where summer time has begun, and for a reminder three days on.
    clinic.pass(14 * daySeconds - 9 * 60 * 60);
    if (number === 2) {
      await clinic.sweep();
      clinic.pass(3 * daySeconds);
    }
    const due = await load();
    expect(due.survey).toEqual(before);
    expect(due.episode.nextDueAt).toBe(clinic.now());

    let during: Awaited<ReturnType<typeof load>> | undefined;
    await clinic.sweep(async () => {
      during = await load();
      return sesAnswers.throttles;
    });
    expect(during?.survey).toMatchObject({ status: 'emailed', emails: number });

    const after = await load();
    expect(after.survey).toEqual(before);
    // All but the touchpoints whose windows have closed meanwhile is as it was.
    const asBefore = ({ touchpoints: _, revision: __, ...rest }: Episode) => rest;
    expect(asBefore(after.episode)).toEqual(asBefore(due.episode));
    expect(watched?.violations).toEqual([]);
    expect(watched?.seen).toContain(number === 1 ? 'emailed>planned-' : 'emailed>emailed-');
  });
});
