import { describe, expect, it } from 'vitest';
import { emailEventEffects, stopByEmailEvent } from '../../../../shared/care/emailing/email-events.ts';
import { sourceTimeOf } from '../../../../shared/care/patient/ids.ts';
import type { PatientRecord } from '../../../../shared/care/patient/patient.ts';
import { contactChange } from '../../../../shared/care/patient/profiles.ts';
import type { StopKind } from '../../../../shared/care/patient/stop-facts.ts';
import type { TouchpointId } from '../../../../shared/protocol/plans.ts';
import { withDelivery } from '../../../support/oracles/delivery.ts';
import {
  aContactReport,
  anEpisode,
  aProfile,
  aRecord,
  defaults,
  stopKindOf,
  stoppedFor,
} from '../../../support/samples/builders.ts';
import { applied } from '../../../support/samples/reported-records.ts';

const now = '2026-03-16T14:05:00Z';

const recipients = ['maria@example.com'];

const emailed = anEpisode({
  touchpoints: { '2w': { status: 'emailed', emails: 1, firstEmailOn: '2026-03-16' } },
});

const stopBy = (record: PatientRecord, kind: StopKind, touchpoint: TouchpointId = '2w') =>
  stopByEmailEvent({ record, link: { episodeId: emailed.episodeId, touchpoint }, kind, recipients, now });

describe('what became of an email', () => {
  it.each([
    ['bounced-for-good', { kind: 'stop', stop: 'hard-bounce' }],
    ['complained', { kind: 'stop', stop: 'complained' }],
    ['delivered', { kind: 'delivered' }],
    ['sent', { kind: 'none' }],
    ['delayed', { kind: 'none' }],
    ['bounced-for-now', { kind: 'none' }],
    ['rejected', { kind: 'none' }],
    ['refused-for-now', { kind: 'none' }],
    ['not-spam', { kind: 'none' }],
  ] as const)('%s means %o', (kind, effect) => {
    expect(emailEventEffects[kind]).toEqual(effect);
  });
});

describe('an email that may be the last', () => {
  it.each(['hard-bounce', 'complained'] as const)('%s stops everything', (reason) => {
    const record = aRecord({ episodes: [emailed, anEpisode({ family: 'mild' })] });
    const change = stopBy(record, reason);
    expect(change.profile?.stops).toEqual([{ kind: reason, since: now, from: 'email-provider' }]);
    expect(change.episodes.map(({ status }) => status)).toEqual(['stopped', 'stopped']);
  });

  it('a bounce of an address the patient has left stops nothing; a complaint from there does', () => {
    const record = aRecord({ profile: aProfile({ email: 'maria@new.example' }), episodes: [emailed] });
    expect(stopBy(record, 'hard-bounce')).toEqual({ episodes: [] });
    expect(stopKindOf(stopBy(record, 'complained'))).toBe('complained');
  });

  it('addresses are compared without regard to case', () => {
    const record = aRecord({ profile: aProfile({ email: 'Maria@Example.COM' }), episodes: [emailed] });
    expect(stopKindOf(stopBy(record, 'hard-bounce'))).toBe('hard-bounce');
  });

  it('the same again changes nothing; a bounce and a complaint are two facts', () => {
    const complained = aRecord({
      profile: aProfile(stoppedFor('complained', now, 'email-provider')),
      episodes: [],
    });
    expect(stopBy(complained, 'complained')).toEqual({ episodes: [] });
    const both = stopBy(complained, 'hard-bounce').profile;
    expect(both?.stops?.map(({ kind }) => kind)).toEqual(['complained', 'hard-bounce']);
  });
});

describe('a bounce of the only email of its touchpoint', () => {
  const later = '2026-03-17T09:00:00Z';
  const atNewAddress = (record: PatientRecord) =>
    applied(
      record,
      contactChange({
        record,
        report: aContactReport({ reportedAt: sourceTimeOf(later), email: 'maria@new.example' }),
        defaults,
        now: later,
      }),
    );

  it('lets it be emailed again at a corrected address while its window is open', () => {
    const record = aRecord({ episodes: [emailed] });
    const bounced = applied(record, stopBy(record, 'hard-bounce'));
    expect(bounced.episodes).toMatchObject([
      { status: 'stopped', touchpoints: { '2w': { status: 'planned', emails: 0 } } },
    ]);
    expect(atNewAddress(bounced).episodes).toMatchObject([
      { status: 'active', nextDueAt: '2026-03-16T14:00:00Z' },
    ]);
  });

  it('frees care advice too, also where it was the last email planned', () => {
    const advised = anEpisode({
      serviceDate: '2026-03-16',
      episodeId: emailed.episodeId,
      status: 'finished',
      touchpoints: { instructions: { status: 'emailed', emails: 1, firstEmailOn: '2026-03-16' } },
    });
    const record = aRecord({ episodes: [advised] });
    const bounced = applied(record, stopBy(record, 'hard-bounce', 'instructions'));
    expect(bounced.episodes).toMatchObject([{ touchpoints: { instructions: { status: 'planned' } } }]);
  });

  it.each([
    ['a reminder', { status: 'emailed', emails: 2, firstEmailOn: '2026-03-16' }],
    ['an email that was delivered before', { status: 'emailed', emails: 1, delivered: true }],
    ['an answered survey', { status: 'answered', emails: 1 }],
  ] as const)('is another thing than one of %s', (_, state) => {
    const record = aRecord({ episodes: [anEpisode({ ...emailed, touchpoints: { '2w': state } })] });
    const bounced = applied(record, stopBy(record, 'hard-bounce'));
    expect(bounced.episodes[0]?.touchpoints['2w']).toEqual(state);
  });
});

describe('an email that arrived', () => {
  it('is noted at its touchpoint, once, and moves no pointer', () => {
    const noted = withDelivery(emailed, '2w');
    expect(noted).toEqual({
      ...emailed,
      revision: emailed.revision + 1,
      touchpoints: { '2w': { ...emailed.touchpoints['2w'], delivered: true } },
    });
    expect(noted === undefined ? noted : withDelivery(noted, '2w')).toBeUndefined();
  });

  it('is nothing to note when its reservation was taken back', () => {
    expect(withDelivery(anEpisode(), '2w')).toBeUndefined();
    const takenBack = anEpisode({ touchpoints: { '2w': { status: 'emailed', emails: 0 } } });
    expect(withDelivery(takenBack, '2w')).toBeUndefined();
  });
});
