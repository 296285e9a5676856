import { createHash } from 'node:crypto';
import { addDays, instantAt } from '../../platform/calendar.ts';
import { noteSubject } from '../../platform/logging/invocation.ts';
import type { UtcInstant } from '../../platform/time.ts';
import type { Episode } from './episode.ts';
import { type TokenHash, tokenHash } from './ids.ts';
import { logSubjectOf } from './log-subject.ts';
import type { Link, PatientRecord } from './patient.ts';
import type { PlannedEmail } from './planned-emails.ts';
import type { CareStore } from './ports.ts';

/** So many days after its touchpoint's window, a link leads nowhere and is deleted. Until then it can opt out. */
const daysAfterWindow = 90;

/** Takes the token of a link, gives what it is stored under: its SHA-256, base64url. */
export const hashOfToken = (token: string): TokenHash =>
  tokenHash(createHash('sha256').update(token).digest('base64url'));

/** Takes an email about to go and the token in it, gives the link to store. */
export const linkFor = ({
  token,
  episode,
  planned,
  now,
}: {
  readonly token: string;
  readonly episode: Episode;
  readonly planned: PlannedEmail;
  readonly now: UtcInstant;
}): Link => ({
  tokenHash: hashOfToken(token),
  patientId: episode.patientId,
  family: episode.family,
  serviceDate: episode.serviceDate,
  planVersion: episode.planVersion,
  touchpoint: planned.touchpoint.id,
  createdAt: now,
  expiresAt: instantAt(
    addDays(episode.serviceDate, planned.touchpoint.window.closesDay + daysAfterWindow),
    '00:00',
    episode.zone,
  ),
});

/** 128 random bits or more, as base64url text. Anything else never was a token of ours. */
const tokenShape = /^[A-Za-z0-9_-]{22,64}$/;

/**
 * Returns the link that a token opens, or undefined: unknown, expired and malformed tokens look alike. Whose link it is
 * is noted for the log.
 */
export const findLinkOf = async (
  store: Pick<CareStore, 'findLink'>,
  token: string,
  now: UtcInstant,
): Promise<Link | undefined> => {
  if (!tokenShape.test(token)) return undefined;
  const link = await store.findLink(hashOfToken(token));
  if (link === undefined || link.expiresAt <= now) return undefined;
  noteSubject(logSubjectOf(link));
  return link;
};

export type Followed = { readonly link: Link; readonly record: PatientRecord };

/** Takes a token, gives its link and the patient's record, or undefined when either is not there any more. */
export const followLink = async (
  store: Pick<CareStore, 'findLink' | 'load'>,
  token: string,
  now: UtcInstant,
): Promise<Followed | undefined> => {
  const link = await findLinkOf(store, token, now);
  if (link === undefined) return undefined;
  const record = await store.load(link.patientId);
  return record.profile === undefined ? undefined : { link, record };
};
