import { describe, expect, it } from 'vitest';
import { emailEventEffects, stopByEmailEvent } from '../../../../shared/care/emailing/email-events.ts';
import { withDelivery } from '../../../support/oracles/delivery.ts';
import { anEpisode, aProfile, aRecord, stopKindOf, stoppedFor } from '../../../support/samples/builders.ts';

const now = '2026-03-16T14:05:00Z';

const recipients = ['maria@example.com'];

const emailed = anEpisode({
  touchpoints: { '2w': { status: 'emailed', emails: 1, firstEmailOn: '2026-03-16' } },
});

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
    const change = stopByEmailEvent(record, reason, recipients, now);
    expect(change.profile?.stops).toEqual([{ kind: reason, since: now, from: 'email-provider' }]);
    expect(change.episodes.map(({ status }) => status)).toEqual(['stopped', 'stopped']);
  });

  it('a bounce of an address the patient has left stops nothing; a complaint from there does', () => {
    const record = aRecord({ profile: aProfile({ email: 'maria@new.example' }), episodes: [emailed] });
    expect(stopByEmailEvent(record, 'hard-bounce', recipients, now)).toEqual({ episodes: [] });
    expect(stopKindOf(stopByEmailEvent(record, 'complained', recipients, now))).toBe('complained');
  });

  it('addresses are compared without regard to case', () => {
    const record = aRecord({ profile: aProfile({ email: 'Maria@Example.COM' }), episodes: [emailed] });
    expect(stopKindOf(stopByEmailEvent(record, 'hard-bounce', recipients, now))).toBe('hard-bounce');
  });

  it('the same again changes nothing; a bounce and a complaint are two facts', () => {
    const complained = aRecord({
      profile: aProfile(stoppedFor('complained', now, 'email-provider')),
      episodes: [],
    });
    expect(stopByEmailEvent(complained, 'complained', recipients, now)).toEqual({ episodes: [] });
    const both = stopByEmailEvent(complained, 'hard-bounce', recipients, now).profile;
    expect(both?.stops?.map(({ kind }) => kind)).toEqual(['complained', 'hard-bounce']);
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
