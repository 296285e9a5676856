import * as z from 'zod';
import { familyIds } from '../../domain/families.ts';
import { locales } from '../../domain/locale.ts';
import { changes } from '../../domain/response.ts';
import { timepoints } from '../../domain/time.ts';
import { codecOfContribution } from './contribution-codec.ts';

/**
 * The shape of each item as it is read back. A stored item that does not fit is a fault of ours or a tampered
 * table: reading it throws, with paths and no values.
 */
const family = z.enum(familyIds);
const touchpointId = z.enum(['instructions', 'rehabilitation', 'visit', ...timepoints]);

const touchpointState = z.object({
  status: z.enum(['planned', 'contacted', 'answered', 'lapsed', 'skipped']),
  contacts: z.int(),
  firstContactOn: z.string().exactOptional(),
  lastContactOn: z.string().exactOptional(),
  delivered: z.boolean().exactOptional(),
});

export const profileItem = z.object({
  patientId: z.string(),
  revision: z.int(),
  email: z.string().exactOptional(),
  givenName: z.string().exactOptional(),
  locale: z.enum(locales),
  zone: z.string(),
  asOf: z.object({
    email: z.string().exactOptional(),
    givenName: z.string().exactOptional(),
    locale: z.string().exactOptional(),
    zone: z.string().exactOptional(),
    consent: z.string().exactOptional(),
  }),
  stop: z
    .object({
      reason: z.enum(['opted-out', 'complained', 'hard-bounce', 'wrong-person', 'no-address', 'died']),
      at: z.string(),
    })
    .exactOptional(),
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
  baseline: z
    .object({ nrsPain: z.number().exactOptional(), peg: z.number().exactOptional() })
    .exactOptional(),
  nextDueAt: z.string().exactOptional(),
  lastMailOn: z.string().exactOptional(),
  lastInvitationOn: z.string().exactOptional(),
  lastSendId: z.string().exactOptional(),
});

const change = z.enum(changes).exactOptional();
const scale = z.int().exactOptional();

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
  signs: z.enum(['yes', 'no']).exactOptional(),
  savedAt: z.string(),
});

export const sourceItem = z.object({
  sourceId: z.string(),
  revision: z.int(),
  status: z.enum(['completed', 'ignored', 'retracted']),
  reportedAt: z.string(),
  eventId: z.string(),
});

export const countedItem = z.object({
  revision: z.int(),
  contribution: codecOfContribution,
  closed: z.literal(true).exactOptional(),
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
