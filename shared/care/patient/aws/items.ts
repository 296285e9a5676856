import * as z from 'zod/mini';
import { locales } from '../../../platform/locale.ts';
import { timepoints } from '../../../platform/time.ts';
import { familyIds } from '../../../protocol/families.ts';
import { changes } from '../../../protocol/instrument.ts';
import type { PatientRecord } from '../patient.ts';

/**
 * The shape of each item as it is read back. A stored item that does not fit is a fault of ours or a tampered
 * table: reading it throws, with paths and no values.
 */
const family = z.enum(familyIds);

const touchpointId = z.enum(['instructions', 'rehabilitation', 'visit', ...timepoints]);

const touchpointState = z.object({
  status: z.enum(['planned', 'emailed', 'answered', 'lapsed', 'skipped']),
  emails: z.int(),
  firstEmailOn: z.exactOptional(z.string()),
  lastEmailOn: z.exactOptional(z.string()),
  delivered: z.exactOptional(z.boolean()),
});

export const profileItem = z.object({
  patientId: z.string(),
  revision: z.int(),
  email: z.exactOptional(z.string()),
  givenName: z.exactOptional(z.string()),
  locale: z.enum(locales),
  zone: z.string(),
  asOf: z.object({
    email: z.exactOptional(z.string()),
    givenName: z.exactOptional(z.string()),
    locale: z.exactOptional(z.string()),
    zone: z.exactOptional(z.string()),
    consent: z.exactOptional(z.string()),
  }),
  stop: z.exactOptional(
    z.object({
      reason: z.enum(['opted-out', 'complained', 'hard-bounce', 'wrong-person', 'no-address', 'died']),
      at: z.string(),
    }),
  ),
});

export const episodeItem = z.object({
  patientId: z.string(),
  family,
  serviceDate: z.string(),
  revision: z.int(),
  status: z.enum(['active', 'finished', 'stopped', 'cancelled']),
  zone: z.string(),
  planVersion: z.int(),
  enrolledAt: z.string(),
  sources: z.array(z.string()),
  touchpoints: z.partialRecord(touchpointId, touchpointState),
  baseline: z.exactOptional(
    z.object({ nrsPain: z.exactOptional(z.number()), peg: z.exactOptional(z.number()) }),
  ),
  nextDueAt: z.exactOptional(z.string()),
  lastEmailOn: z.exactOptional(z.string()),
  lastInvitationOn: z.exactOptional(z.string()),
  lastSendId: z.exactOptional(z.string()),
});

const change = z.exactOptional(z.enum(changes));

const scale = z.exactOptional(z.int());

export const responseItem = z.object({
  patientId: z.string(),
  family,
  serviceDate: z.string(),
  timepoint: z.enum(timepoints),
  revision: z.int(),
  answers: z.object({
    condition: z.enum(changes),
    improvementPercent: scale,
    qualityOfLife: change,
    pain: change,
    physicalFunction: change,
    standingWalking: change,
    nrsPain: scale,
    pegPain: scale,
    pegEnjoyment: scale,
    pegActivity: scale,
    pgic: scale,
  }),
  answeredAt: z.string(),
  revisedAt: z.string(),
  inWindow: z.boolean(),
  assisted: z.boolean(),
  quality: z.enum(['trusted', 'suspect', 'confirmed']),
  locale: z.enum(locales),
});

export const draftItem = z.object({
  patientId: z.string(),
  family,
  serviceDate: z.string(),
  timepoint: z.enum(timepoints),
  values: z.record(z.string(), z.string()),
  assisted: z.boolean(),
  signs: z.exactOptional(z.enum(['yes', 'no'])),
  savedAt: z.string(),
});

export const sourceItem = z.object({
  sourceId: z.string(),
  revision: z.int(),
  status: z.enum(['completed', 'ignored', 'retracted']),
  reportedAt: z.string(),
  eventId: z.string(),
});

export const erasedItem = z.object({ at: z.string() });

export const linkItem = z.object({
  tokenHash: z.string(),
  patientId: z.string(),
  family,
  serviceDate: z.string(),
  touchpoint: touchpointId,
  createdAt: z.string(),
  expiresAt: z.string(),
});

/** An item as it is stored. */
export type StoredItem = Readonly<Record<string, unknown>>;

const sortKeyOf = (item: StoredItem): string => (typeof item['sk'] === 'string' ? item['sk'] : '');

/**
 * Takes a patient's id and all items of the patient's partition, gives the record. Items of other kinds
 * (notices, ignored procedures) are no part of it. Throws when an item does not have its shape.
 */
export const readRecord = (patientId: string, items: readonly StoredItem[]): PatientRecord => {
  const of = (prefix: string): readonly StoredItem[] =>
    items.filter((item) => sortKeyOf(item).startsWith(prefix));
  const [profile] = of('PROFILE');
  const drafts = of('DRAFT#');
  return {
    patientId,
    ...(profile === undefined ? {} : { profile: profileItem.parse(profile) }),
    episodes: of('EPISODE#').map((item) => episodeItem.parse(item)),
    responses: of('RESPONSE#').map((item) => responseItem.parse(item)),
    sources: of('SOURCE#').map((item) => sourceItem.parse(item)),
    ...(drafts.length === 0 ? {} : { drafts: drafts.map((item) => draftItem.parse(item)) }),
  };
};
