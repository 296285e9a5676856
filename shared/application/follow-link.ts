import type { Link, PatientRecord } from '../domain/patient.ts';
import type { UtcInstant } from '../domain/time.ts';
import { hashOfToken } from './links.ts';
import type { CareStore } from './ports.ts';

/** 128 random bits or more, as base64url text. Anything else never was a token of ours. */
const tokenShape = /^[A-Za-z0-9_-]{22,64}$/;

/** Takes a token as the path holds it, gives the link it opens, or undefined: unknown, expired and malformed look alike. */
export const findLinkOf = async (
  store: Pick<CareStore, 'findLink'>,
  token: string,
  now: UtcInstant,
): Promise<Link | undefined> => {
  if (!tokenShape.test(token)) return undefined;
  const link = await store.findLink(hashOfToken(token));
  return link !== undefined && link.expiresAt > now ? link : undefined;
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
