import { describe, expect, it } from 'vitest';
import {
  type MailEvent,
  type MailEventKind,
  mailEventChange,
  mailEventEffects,
} from '../../../shared/domain/mail-events.ts';
import type { Link } from '../../../shared/domain/patient.ts';
import { anEpisode, aProfile, aRecord, patientId } from '../../support/builders.ts';

const now = '2026-03-16T14:05:00Z';
const link: Link = {
  tokenHash: 'hash',
  patientId,
  family: 'epidural-steroid-injection',
  serviceDate: '2026-03-02',
  touchpoint: '2w',
  createdAt: '2026-03-16T14:00:00Z',
  expiresAt: '2026-06-21T04:00:00Z',
};
const mailed = anEpisode({
  touchpoints: { '2w': { status: 'contacted', contacts: 1, firstContactOn: '2026-03-16' } },
});
const event = (kind: MailEventKind, recipients = ['maria@example.com']): MailEvent => ({
  kind,
  sendId: 'hash',
  recipients,
});

describe('what became of a mail', () => {
  it.each([
    ['bounced-for-good', 'hard-bounce'],
    ['complained', 'complained'],
  ] as const)('%s stops everything', (kind, reason) => {
    const record = aRecord({ episodes: [mailed, anEpisode({ family: 'mild' })] });
    const change = mailEventChange(record, link, event(kind), now);
    expect(change.profile?.stop).toEqual({ reason, at: now });
    expect(change.episodes.map(({ status }) => status)).toEqual(['stopped', 'stopped']);
  });

  it.each(['sent', 'delayed', 'bounced-for-now', 'rejected'] as const)('%s changes nothing', (kind) => {
    expect(mailEventChange(aRecord({ episodes: [mailed] }), link, event(kind), now)).toEqual({
      episodes: [],
    });
    expect(mailEventEffects[kind].effect).toBe('none');
  });

  it('delivered marks that one touchpoint, once', () => {
    const other = anEpisode({ family: 'mild', touchpoints: mailed.touchpoints });
    const record = aRecord({ episodes: [mailed, other] });
    const change = mailEventChange(record, link, event('delivered'), now);
    expect(change).toMatchObject({
      episodes: [{ family: mailed.family, revision: 2, touchpoints: { '2w': { delivered: true } } }],
    });
    expect(change.episodes.length).toBe(1);
    const again = aRecord({ episodes: change.episodes });
    expect(mailEventChange(again, link, event('delivered'), now)).toEqual({ episodes: [] });
  });

  it('delivered keeps the pointer where it is', () => {
    const change = mailEventChange(aRecord({ episodes: [mailed] }), link, event('delivered'), now);
    expect(change.episodes[0]?.nextDueAt).toBe(mailed.nextDueAt);
  });

  it('delivered of a mail whose claim was taken back changes nothing', () => {
    expect(mailEventChange(aRecord(), link, event('delivered'), now)).toEqual({ episodes: [] });
  });

  it('a bounce of an address the patient has left stops nothing; a complaint from there does', () => {
    const record = aRecord({ profile: aProfile({ email: 'maria@new.example' }), episodes: [mailed] });
    expect(mailEventChange(record, link, event('bounced-for-good'), now)).toEqual({ episodes: [] });
    expect(mailEventChange(record, link, event('complained'), now).profile?.stop?.reason).toBe('complained');
  });

  it('addresses are compared without regard to case', () => {
    const record = aRecord({ profile: aProfile({ email: 'Maria@Example.COM' }), episodes: [mailed] });
    expect(mailEventChange(record, link, event('bounced-for-good'), now).profile?.stop?.reason).toBe(
      'hard-bounce',
    );
  });

  it('the same again, and a bounce after a complaint, change nothing', () => {
    const complained = aRecord({
      profile: aProfile({ stop: { reason: 'complained', at: now } }),
      episodes: [],
    });
    expect(mailEventChange(complained, link, event('complained'), now)).toEqual({ episodes: [] });
    expect(mailEventChange(complained, link, event('bounced-for-good'), now)).toEqual({ episodes: [] });
  });
});
