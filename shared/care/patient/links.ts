import { createHash } from 'node:crypto';
import { addDays, instantAt } from '../../platform/calendar.ts';
import { noteSubject } from '../../platform/logging/invocation.ts';
import type { UtcInstant } from '../../platform/time.ts';
import type { Episode } from './episode.ts';
import { type TokenHash, tokenHash } from './ids.ts';
import { logSubjectOf } from './log-subject.ts';
import type { Link, LinkGenerations, PatientRecord, Profile } from './patient.ts';
import type { PlannedEmail } from './planned-emails.ts';
import type { CareStore } from './ports.ts';

/** Links expire this many days after the window of their touchpoint; until then they still serve opt-out. */
const daysAfterWindow = 90;

export const hashOfToken = (token: string): TokenHash =>
  tokenHash(createHash('sha256').update(token).digest('base64url'));

/** Creates the link to store for an email with this token. */
export const linkFor = ({
  token,
  episode,
  planned,
  generation,
  now,
}: {
  readonly token: string;
  readonly episode: Episode;
  readonly planned: PlannedEmail;
  /** The patient's current generation of links, read together with the address. */
  readonly generation: number;
  readonly now: UtcInstant;
}): Link => ({
  tokenHash: hashOfToken(token),
  patientId: episode.patientId,
  episodeId: episode.episodeId,
  family: episode.family,
  serviceDate: episode.serviceDate,
  planVersion: episode.planVersion,
  touchpoint: planned.touchpoint.id,
  generation,
  createdAt: now,
  expiresAt: instantAt(
    addDays(episode.serviceDate, planned.touchpoint.window.closesDay + daysAfterWindow),
    '00:00',
    episode.zone,
  ),
});

/** 128 random bits or more as base64url; other text is not one of our tokens. */
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

/** Returns the link of a token with the patient's record, or undefined when either is gone. */
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

/** Why the links made so far end: somebody ended them, another address is known, or a stranger reads the emails. */
export type LinksEnd = 'revoked' | 'new-address' | 'not-me';

const first: LinkGenerations = { current: 0, sinceAddress: 0, doubted: [] };

const generationsOf = ({ links }: Profile): LinkGenerations => links ?? first;

/** Returns the generation in which new links of a patient are made. */
export const currentGeneration = (profile: Profile | undefined): number => (profile?.links ?? first).current;

/** Returns the generation that something was made in; what was stored before there were generations is of the first. */
export const generationOf = ({ generation }: { readonly generation?: number }): number =>
  generation ?? first.current;

/**
 * True while a link opens the patient's pages. Generations are counted and not timed: an email that was being sent
 * while the links ended carries one of those that ended, whatever the clocks say.
 */
export const isLinkValid = (link: Pick<Link, 'generation'>, profile: Profile): boolean =>
  generationOf(link) === currentGeneration(profile);

const upTo = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Returns the profile with every link made so far ended. The revision is not raised yet. */
export const withLinksEnded = (profile: Profile, why: LinksEnd): Profile => {
  const { current, sinceAddress, doubted } = generationsOf(profile);
  const next = current + 1;
  return {
    ...profile,
    links: {
      current: next,
      sinceAddress: why === 'new-address' ? next : sinceAddress,
      doubted: why === 'not-me' ? [...new Set([...doubted, ...upTo(sinceAddress, current)])] : doubted,
    },
  };
};

/** True when what came through a link of this generation may have come from a stranger. */
export const isDoubted = (made: { readonly generation?: number }, profile: Profile | undefined): boolean =>
  (profile?.links ?? first).doubted.includes(generationOf(made));
