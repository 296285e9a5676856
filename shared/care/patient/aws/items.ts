import * as z from 'zod/mini';
import { guardedText } from '../../../platform/guarded-text.ts';
import { locales } from '../../../platform/locale.ts';
import { isLocalDate, isUtcInstant, timepoints } from '../../../platform/time.ts';
import { familyIds } from '../../../protocol/families.ts';
import { changes } from '../../../protocol/instrument.ts';
import { isEpisodeId, isPatientId, isSourceId, isSourceTime, isTokenHash, type PatientId } from '../ids.ts';
import type { PatientRecord } from '../patient.ts';
import type { StoredItem } from '../ports.ts';
import { ofEpisode } from './of-episode.ts';

/**
 * The schema of each item as it is read back. An item that does not match is our fault or a tampered table: reading
 * it throws, with paths and no values.
 */
const family = z.enum(familyIds);

const patientId = guardedText(isPatientId);

const sourceId = guardedText(isSourceId);

const episodeId = guardedText(isEpisodeId);

const tokenHash = guardedText(isTokenHash);

const instant = guardedText(isUtcInstant);

const date = guardedText(isLocalDate);

const sourceTime = guardedText(isSourceTime);

/** Validated on arrival: looking the zone up again would load it, which adds about 30 ms to a cold start. */
const zone = z.string().brand<'ZoneId'>();

const touchpointId = z.enum(['instructions', 'rehabilitation', 'visit', ...timepoints]);

const baseline = z.object({ nrsPain: z.exactOptional(z.number()), peg: z.exactOptional(z.number()) });

const touchpointState = z.object({
  status: z.enum(['planned', 'emailed', 'answered', 'lapsed', 'skipped']),
  emails: z.int(),
  firstEmailOn: z.exactOptional(date),
  lastEmailOn: z.exactOptional(date),
  delivered: z.exactOptional(z.boolean()),
});

const stopFact = z.object({
  kind: z.enum([
    'no-address',
    'hard-bounce',
    'closed-mailbox',
    'wrong-person',
    'opted-out',
    'complained',
    'died',
  ]),
  since: instant,
  from: z.enum(['reader', 'source', 'email-provider']),
  ended: z.exactOptional(
    z.object({
      at: instant,
      by: z.enum(['new-address', 'resumed-by-reader', 'consented-again', 'opted-in-by-source', 'alive']),
    }),
  ),
});

/** Whose word each stop was, for profiles stored while there was only one stop at a time and its teller unknown. */
const tellers: Readonly<Record<string, string>> = {
  'no-address': 'source',
  died: 'source',
  'hard-bounce': 'email-provider',
  complained: 'email-provider',
};

const singleStop = z.looseObject({ stop: z.object({ reason: z.string(), at: z.string() }) });

const withFacts = z.transform((raw: unknown) => {
  const before = singleStop.safeParse(raw);
  if (!before.success) return raw;
  const { reason, at } = before.data.stop;
  return { ...before.data, stops: [{ kind: reason, since: at, from: tellers[reason] ?? 'reader' }] };
});

const profileNow = z.object({
  patientId,
  revision: z.int(),
  email: z.exactOptional(z.string()),
  givenName: z.exactOptional(z.string()),
  locale: z.enum(locales),
  zone,
  asOf: z.object({
    email: z.exactOptional(sourceTime),
    givenName: z.exactOptional(sourceTime),
    locale: z.exactOptional(sourceTime),
    zone: z.exactOptional(sourceTime),
    consent: z.exactOptional(sourceTime),
    life: z.exactOptional(sourceTime),
  }),
  stops: z.exactOptional(z.array(stopFact)),
  links: z.exactOptional(z.object({ current: z.int(), sinceAddress: z.int(), doubted: z.array(z.int()) })),
});

export const profileItem = z.pipe(withFacts, profileNow);

export const episodeItem = ofEpisode({
  patientId,
  episodeId,
  family,
  serviceDate: date,
  revision: z.int(),
  status: z.enum(['active', 'finished', 'stopped', 'cancelled']),
  zone,
  planVersion: z.int(),
  enrolledAt: instant,
  sources: z.array(sourceId),
  touchpoints: z.partialRecord(touchpointId, touchpointState),
  baseline: z.exactOptional(baseline),
  mergedInto: z.exactOptional(episodeId),
  nextDueAt: z.exactOptional(instant),
  lastEmailOn: z.exactOptional(date),
  lastInvitationOn: z.exactOptional(date),
  lastSendId: z.exactOptional(tokenHash),
});

const change = z.exactOptional(z.enum(changes));

const scale = z.exactOptional(z.int());

export const responseItem = ofEpisode({
  patientId,
  episodeId,
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
  answeredAt: instant,
  revisedAt: instant,
  inWindow: z.boolean(),
  assisted: z.boolean(),
  quality: z.enum(['trusted', 'suspect', 'confirmed']),
  locale: z.enum(locales),
  generation: z.exactOptional(z.int()),
});

export const draftItem = ofEpisode({
  patientId,
  episodeId,
  timepoint: z.enum(timepoints),
  values: z.record(z.string(), z.string()),
  assisted: z.boolean(),
  signs: z.exactOptional(z.enum(['yes', 'no'])),
  savedAt: instant,
  revision: z.exactOptional(z.int()),
  generation: z.exactOptional(z.int()),
});

export const sourceItem = z.object({
  sourceId,
  revision: z.int(),
  status: z.enum(['completed', 'ignored', 'retracted', 'moved']),
  reportedAt: z.exactOptional(sourceTime),
  eventId: z.exactOptional(z.string()),
  takenAt: z.exactOptional(instant),
  families: z.exactOptional(z.array(family)),
  performed: z.exactOptional(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('instant'), at: instant }),
      z.object({ kind: z.literal('date'), on: date }),
    ]),
  ),
  baseline: z.exactOptional(baseline),
  baselineAsOf: z.exactOptional(sourceTime),
});

export const messagesItem = z.object({ revision: z.int(), taken: z.array(z.string()) });

export const ownerItem = z.object({ sourceId, revision: z.int(), patientId });

export const erasedItem = z.object({ at: instant });

export const linkItem = ofEpisode({
  tokenHash,
  patientId,
  episodeId,
  family,
  serviceDate: date,
  planVersion: z.int(),
  touchpoint: touchpointId,
  generation: z.exactOptional(z.int()),
  createdAt: instant,
  expiresAt: instant,
});

const sortKeyOf = (item: StoredItem): string => (typeof item['sk'] === 'string' ? item['sk'] : '');

/** Episodes are read in the order of their dates: their keys have none. */
const orderOf = ({ serviceDate, family, episodeId }: z.infer<typeof episodeItem>): string =>
  `${serviceDate} ${family} ${episodeId}`;

/**
 * Returns the record in the items of a patient's partition. Items of other kinds (notices, ignored procedures) are
 * not part of it. Throws when an item does not match its schema.
 */
export const readRecord = (patientId: PatientId, items: readonly StoredItem[]): PatientRecord => {
  const of = (prefix: string): readonly StoredItem[] =>
    items.filter((item) => sortKeyOf(item).startsWith(prefix));
  const [profile] = of('PROFILE');
  const [messages] = of('MESSAGES');
  const drafts = of('DRAFT#');
  return {
    patientId,
    ...(profile === undefined ? {} : { profile: profileItem.parse(profile) }),
    episodes: of('EPISODE#')
      .map((item) => episodeItem.parse(item))
      .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)),
    responses: of('RESPONSE#').map((item) => responseItem.parse(item)),
    sources: of('SOURCE#').map((item) => sourceItem.parse(item)),
    ...(messages === undefined ? {} : { messages: messagesItem.parse(messages) }),
    ...(drafts.length === 0 ? {} : { drafts: drafts.map((item) => draftItem.parse(item)) }),
  };
};
