import { createHash } from 'node:crypto';
import { addDays, instantAt } from '../domain/calendar.ts';
import type { Contact } from '../domain/contacts.ts';
import type { Episode } from '../domain/episode.ts';
import type { Link } from '../domain/patient.ts';
import type { UtcInstant } from '../domain/time.ts';

/** So many days after its touchpoint's window, a link leads nowhere and is deleted. Until then it can opt out. */
const daysAfterWindow = 90;

/** Takes the token of a link, gives what it is stored under: its SHA-256, base64url. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Takes a mail about to go and the token in it, gives the link to store. */
export const linkFor = (token: string, episode: Episode, contact: Contact, now: UtcInstant): Link => ({
  tokenHash: hashOfToken(token),
  patientId: episode.patientId,
  family: episode.family,
  serviceDate: episode.serviceDate,
  touchpoint: contact.touchpoint.id,
  createdAt: now,
  expiresAt: instantAt(
    addDays(episode.serviceDate, contact.touchpoint.window.closesDay + daysAfterWindow),
    '00:00',
    episode.zone,
  ),
});
