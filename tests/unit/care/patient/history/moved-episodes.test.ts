import { describe, expect, it } from 'vitest';
import {
  correctedTo,
  episodeIn,
  takenOverBy,
  touchpointsOfSplit,
  withHistoryOf,
} from '../../../../../shared/care/patient/history/moved-episodes.ts';
import { zoneId } from '../../../../../shared/platform/calendar.ts';
import { anEpisode, episodeIdFor } from '../../../../support/samples/builders.ts';

const zone = zoneId('America/New_York');

const emailed = { status: 'emailed', emails: 1, firstEmailOn: '2026-03-02' } as const;

describe('an episode whose record was corrected', () => {
  it('keeps its id and what was emailed, and plans the rest by the corrected date', () => {
    const before = anEpisode({ touchpoints: { instructions: emailed } });
    const after = correctedTo(
      before,
      { family: before.family, serviceDate: '2026-03-03' },
      zone,
      '2026-03-03T12:00:00Z',
    );
    expect(after).toMatchObject({
      episodeId: before.episodeId,
      serviceDate: '2026-03-03',
      touchpoints: { instructions: emailed },
      nextDueAt: '2026-03-17T14:00:00Z',
    });
  });

  it('opens again what was closed under a date too early, though not what was emailed', () => {
    const before = anEpisode({
      status: 'finished',
      serviceDate: '2025-03-02',
      touchpoints: {
        instructions: { status: 'skipped', emails: 0 },
        '2w': { ...emailed, status: 'lapsed' },
        '12m': { status: 'skipped', emails: 0 },
      },
    });
    const after = correctedTo(
      before,
      { family: before.family, serviceDate: '2026-03-02' },
      zone,
      '2026-03-10T12:00:00Z',
    );
    expect(after.status).toBe('active');
    expect(after.touchpoints).toEqual({
      instructions: { status: 'skipped', emails: 0 },
      '2w': emailed,
      '12m': { status: 'planned', emails: 0 },
    });
  });

  it('closes what is past under a date further back', () => {
    const after = correctedTo(
      anEpisode(),
      { family: 'mild', serviceDate: '2026-01-02' },
      zone,
      '2026-03-10T12:00:00Z',
    );
    expect(after.touchpoints['2w']?.status).toBe('skipped');
    expect(after.touchpoints['3m']).toBeUndefined();
    expect(after.family).toBe('mild');
  });

  it('stays stopped when its patient is', () => {
    const { nextDueAt: _, ...stopped } = anEpisode({ status: 'stopped' });
    const after = correctedTo(
      stopped,
      { family: 'mild', serviceDate: '2026-03-03' },
      zone,
      '2026-03-03T12:00:00Z',
    );
    expect(after).toMatchObject({ status: 'stopped', family: 'mild' });
    expect(after.nextDueAt).toBeUndefined();
  });

  it('is the very same when nothing was corrected', () => {
    const episode = anEpisode();
    expect(correctedTo(episode, episode, zone, '2026-03-03T12:00:00Z')).toBe(episode);
  });
});

describe('two episodes that are one treatment', () => {
  const survivor = anEpisode({ touchpoints: { instructions: emailed } });
  const other = anEpisode({
    serviceDate: '2026-03-09',
    touchpoints: {
      instructions: { ...emailed, firstEmailOn: '2026-03-09' },
      '2w': { ...emailed, status: 'answered' },
    },
    lastEmailOn: '2026-03-23',
  });

  it('have one history: whatever was emailed or answered in either', () => {
    const merged = withHistoryOf(survivor, other, '2026-03-23T20:00:00Z');
    expect(merged).toMatchObject({
      episodeId: survivor.episodeId,
      touchpoints: { instructions: { ...emailed, status: 'lapsed' }, '2w': { status: 'answered' } },
      lastEmailOn: '2026-03-23',
    });
  });

  it('are found by either id', () => {
    const gone = takenOverBy(other, survivor);
    expect(gone).toMatchObject({ status: 'cancelled', sources: [] });
    expect(episodeIn({ episodes: [gone, survivor] }, other.episodeId)).toBe(survivor);
    expect(episodeIn({ episodes: [gone, survivor] }, survivor.episodeId)).toBe(survivor);
    expect(episodeIn({ episodes: [survivor] }, episodeIdFor('mild', '2026-03-02'))).toBeUndefined();
  });

  it('that come apart do not email again what was emailed', () => {
    expect(touchpointsOfSplit(other)).toEqual({
      instructions: { status: 'lapsed', emails: 1, firstEmailOn: '2026-03-09' },
      '2w': { status: 'lapsed', emails: 1, firstEmailOn: '2026-03-02' },
    });
  });
});
