import { createHash } from 'node:crypto';
import { hashedId } from '../../../platform/logging/hashed-id.ts';
import { dueShardCount } from '../../../platform/tables.ts';
import { type NoticeKind, noticeKinds } from '../../staff/staff-notices.ts';
import type { AuditEntry, IgnoredProcedure, StaffNotice } from '../care-writes.ts';
import type { EpisodeKey } from '../episode.ts';
import { isEpisodeId, isPatientId, type PatientId, type SourceId, type TokenHash } from '../ids.ts';
import type { Draft, SurveyResponse } from '../response.ts';

/**
 * The key of an item. One patient is one partition of `care`, so one consistent read returns everything decisions
 * are made from; an email's link has a partition of its own, found by the hash of its token.
 */
export type ItemKey = { readonly pk: string; readonly sk: string };

const patientPrefix = 'PATIENT#';

const episodePrefix = 'EPISODE#';

const noticePrefix = 'NOTICE#';

export const patientPartition = (patientId: PatientId): string => `${patientPrefix}${patientId}`;

/** Returns the patient a partition belongs to, or undefined when it is not a patient's. */
export const patientIdOf = (pk: string): PatientId | undefined => {
  const id = pk.slice(patientPrefix.length);
  return pk.startsWith(patientPrefix) && isPatientId(id) ? id : undefined;
};

/** True when a change of the item with this sort key can change the counts. */
export const isCountable = (sk: string): boolean =>
  sk.startsWith(episodePrefix) || sk.startsWith('RESPONSE#') || sk === 'PROFILE';

export const profileKey = (patientId: PatientId): ItemKey => ({
  pk: patientPartition(patientId),
  sk: 'PROFILE',
});

export const episodeKey = ({ patientId, episodeId }: EpisodeKey): ItemKey => ({
  pk: patientPartition(patientId),
  sk: `${episodePrefix}${episodeId}`,
});

/** Returns the episode that a key of the due index names, or undefined when it names none. */
export const episodeOfKey = ({ pk, sk }: ItemKey): EpisodeKey | undefined => {
  const patientId = patientIdOf(pk);
  const episodeId = sk.slice(episodePrefix.length);
  if (patientId === undefined || !sk.startsWith(episodePrefix)) return undefined;
  return isEpisodeId(episodeId) ? { patientId, episodeId } : undefined;
};

export const responseKey = (response: SurveyResponse): ItemKey => ({
  pk: patientPartition(response.patientId),
  sk: `RESPONSE#${response.episodeId}#${response.timepoint}`,
});

/** The key of a response that a newer revision replaced. It sorts apart from responses, which are counted. */
export const revisionKey = (response: SurveyResponse): ItemKey => {
  const { pk, sk } = responseKey(response);
  return { pk, sk: `REVISION${sk.slice('RESPONSE'.length)}#${String(response.revision).padStart(3, '0')}` };
};

export const draftKey = (draft: Pick<Draft, 'patientId' | 'episodeId' | 'timepoint'>): ItemKey => ({
  pk: patientPartition(draft.patientId),
  sk: `DRAFT#${draft.episodeId}#${draft.timepoint}`,
});

export const sourceKey = (patientId: PatientId, sourceId: SourceId): ItemKey => ({
  pk: patientPartition(patientId),
  sk: `SOURCE#${sourceId}`,
});

export const messagesKey = (patientId: PatientId): ItemKey => ({
  pk: patientPartition(patientId),
  sk: 'MESSAGES',
});

/** Found by the procedure record alone, so that a report that names another patient finds the one before. */
export const ownerKey = (sourceId: SourceId): ItemKey => ({ pk: `RECORD#${sourceId}`, sk: 'OWNER' });

export const ignoredKey = ({ patientId, sourceId }: IgnoredProcedure): ItemKey => ({
  pk: patientPartition(patientId),
  sk: `IGNORED#${sourceId}`,
});

/**
 * A warning sign is repeated with every draft saved after it, and a button can be pressed again and again: within
 * an hour they are one notice, and so one email to staff.
 */
export const noticeKey = ({ patientId, at, kind }: StaffNotice): ItemKey => ({
  pk: patientPartition(patientId),
  sk: `${noticePrefix}${at.slice(0, 13)}#${kind}`,
});

/** Returns the kind of notice with this sort key, or undefined when the item is not a notice. */
export const noticeKindOf = (sk: string): NoticeKind | undefined =>
  sk.startsWith(noticePrefix) ? noticeKinds.find((kind) => sk.endsWith(`#${kind}`)) : undefined;

export const linkKey = (tokenHash: TokenHash): ItemKey => ({ pk: `LINK#${tokenHash}`, sk: 'LINK' });

/** The pause set by operations: one item, which belongs to no patient. */
export const pauseKey: ItemKey = { pk: 'CLINIC', sk: 'PAUSE' };

/**
 * The audit trail outlives the patient's record: it names the patient only by a hash. `change` names the commit that
 * the entry belongs to, so that two changes within one second are two entries; an erasure, which is noted again each
 * time it is resumed, has none.
 */
export const auditKey = ({ patientId, at, action }: AuditEntry, change?: string): ItemKey => ({
  pk: `AUDIT#${at.slice(0, 7)}`,
  sk: [at, auditNameOf(patientId), action, ...(change === undefined ? [] : [change])].join('#'),
});

/** Returns how the audit trail names a patient: by the same hash as the log. */
export const auditNameOf = (patientId: PatientId): string => hashedId(patientId);

const digestOfId = (patientId: PatientId): string => createHash('sha256').update(patientId).digest('hex');

/** The record of an erasure, under a hash. */
export const erasedKey = (patientId: PatientId): ItemKey => ({
  pk: `ERASED#${digestOfId(patientId)}`,
  sk: 'ERASED',
});

/**
 * What is counted of a patient. In a partition of its own, so that IAM can let counting write this and nothing else;
 * under a hash, because the closed marker of an erased patient stays.
 */
export const countedKey = (patientId: PatientId): ItemKey => ({
  pk: `COUNTED#${digestOfId(patientId)}`,
  sk: 'COUNTED',
});

/** Returns the partition of a shard in the due index. */
export const dueShardName = (shard: number): string => `DUE#${shard}`;

/** Returns the shard of all of a patient's episodes. */
export const dueShardOf = (patientId: PatientId): string =>
  dueShardName(createHash('sha256').update(patientId).digest().readUInt32BE(0) % dueShardCount);

/** Returns the kind of an item by its key: `episode` for `PATIENT#p-1 / EPISODE#…`, `link` for `LINK#… / LINK`. */
export const kindOfKey = ({ pk, sk }: ItemKey): string => {
  const partition = pk.split('#')[0] ?? '';
  return (partition === 'PATIENT' ? (sk.split('#')[0] ?? '') : partition).toLowerCase();
};
