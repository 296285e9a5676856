import type { Clock } from '../../platform/ports.ts';
import type { UtcInstant } from '../../platform/time.ts';
import { notMeChange } from '../survey/doubted-answers.ts';
import type { AuditEntry, CareWrite, StaffNotice } from './care-writes.ts';
import { type Decided, decideAndCommit, type PatientChange, writesOf } from './commit-change.ts';
import { findLinkOf, followLink, isLinkValid } from './links.ts';
import type { PatientRecord, Profile } from './patient.ts';
import type { CareStore } from './ports.ts';
import type { StopKind } from './stop-facts.ts';
import { episodesInStep, maxProfileRevisions, resumePatient, stopPatient } from './stops.ts';

/** What a patient can do from the links of any email, without answering a survey. */
export const preferences = ['stop', 'resume', 'call-me', 'not-me'] as const;

export type Preference = (typeof preferences)[number];

export type PreferenceOutcome =
  | { readonly outcome: 'not-found' }
  | { readonly outcome: 'too-many' }
  /** The link has ended: it serves the opt-out and shows nothing of the patient, `stopped` or not. */
  | { readonly outcome: 'revoked'; readonly stopped: boolean }
  | { readonly outcome: 'done'; readonly profile: Profile };

type Effect = {
  readonly change: (record: PatientRecord, now: UtcInstant) => PatientChange;
  readonly audit?: AuditEntry['action'];
  readonly notice?: StaffNotice['kind'];
  /** Maximum number of profile revisions; beyond it the preference is refused. */
  readonly maxRevisions?: number;
};

const stopping =
  (kind: StopKind): Effect['change'] =>
  (record, now) =>
    stopPatient(record, kind, now, 'reader');

const effects: Readonly<Record<Preference, Effect>> = {
  stop: { change: stopping('opted-out'), audit: 'opted-out' },
  resume: { change: resumePatient, audit: 'opted-in', maxRevisions: maxProfileRevisions },
  'call-me': { change: () => ({ episodes: [] }), notice: 'call-me' },
  'not-me': { change: notMeChange, audit: 'stopped', notice: 'wrong-person' },
};

const writesFor = (effect: Effect, record: PatientRecord, now: UtcInstant): readonly CareWrite[] => {
  const { patientId } = record;
  const change = effect.change(record, now);
  const audit = change.profile === undefined ? undefined : effect.audit;
  return [
    ...writesOf(change),
    ...(audit === undefined ? [] : [{ kind: 'audit' as const, item: { patientId, at: now, action: audit } }]),
    ...(effect.notice === undefined
      ? []
      : [{ kind: 'notice' as const, item: { patientId, at: now, kind: effect.notice } }]),
  ];
};

/**
 * Creates the use case behind "no more email", its undo, "call me" and "this is not me". The first write of
 * a stop holds the profile, by which the sender goes, so nothing that was already due can still go, however many episodes
 * there are. Repeating one changes nothing.
 */
export const changePreferenceWith =
  (store: CareStore, clock: Clock) =>
  async (token: string, wish: Preference): Promise<PreferenceOutcome> => {
    const now = clock.now();
    const link = await findLinkOf(store, token, now);
    if (link === undefined) return { outcome: 'not-found' };
    const decide = (record: PatientRecord): Decided<PreferenceOutcome> => {
      if (record.profile === undefined) return { writes: [], result: { outcome: 'not-found' } };
      const isValid = isLinkValid(link, record.profile);
      if (!isValid && wish !== 'stop') {
        // "This is not me" ends its own link, and may have left episodes behind that one write could not hold.
        const episodes = episodesInStep(record, record.profile, now);
        return { writes: writesOf({ episodes }), result: { outcome: 'revoked', stopped: false } };
      }
      const effect = effects[wish];
      if (record.profile.revision >= (effect.maxRevisions ?? Number.POSITIVE_INFINITY)) {
        return { writes: [], result: { outcome: 'too-many' } };
      }
      const writes = writesFor(effect, record, now);
      if (!isValid) return { writes, result: { outcome: 'revoked', stopped: true } };
      const stored = writes.find(({ kind }) => kind === 'profile');
      const profile = stored?.kind === 'profile' ? stored.item : record.profile;
      return { writes, result: { outcome: 'done', profile } };
    };
    return decideAndCommit(store, link.patientId, decide, { outcome: 'not-found' });
  };

/**
 * Creates the use case behind the pages that ask for confirmation: whose preference it is, and in which language to
 * ask.
 */
export const openPreferencePageWith =
  (store: Pick<CareStore, 'findLink' | 'load'>, clock: Clock) =>
  async (token: string): Promise<Exclude<PreferenceOutcome, { outcome: 'too-many' }>> => {
    const followed = await followLink(store, token, clock.now());
    const profile = followed?.record.profile;
    if (followed === undefined || profile === undefined) return { outcome: 'not-found' };
    return isLinkValid(followed.link, profile)
      ? { outcome: 'done', profile }
      : { outcome: 'revoked', stopped: false };
  };
