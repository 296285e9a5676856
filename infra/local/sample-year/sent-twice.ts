import type { EpisodeKey, TouchpointId } from '../../../shared/domain/episode.ts';
import type { Laptop } from '../laptop.ts';

const keyOf = (key: EpisodeKey, touchpoint: TouchpointId): string =>
  `${key.patientId} ${key.family} ${key.serviceDate} ${touchpoint}`;

/**
 * Takes a laptop, counts the mails that went out beyond what was claimed: for each touchpoint of each episode,
 * what the mail server took against what the episode says was sent. There must be none.
 */
export const mailsBeyondClaims = async (laptop: Laptop): Promise<number> => {
  const taken = new Map<string, { readonly claimed: number; mails: number }>();
  for (const { sendId } of laptop.mail.inbox.list({ limit: Number.MAX_SAFE_INTEGER })) {
    const link = await laptop.store.findLink(sendId);
    if (link === undefined) return Number.NaN;
    const key = keyOf(link, link.touchpoint);
    const known = taken.get(key) ?? { claimed: await claimed(laptop, link, link.touchpoint), mails: 0 };
    known.mails += 1;
    taken.set(key, known);
  }
  return [...taken.values()].reduce((sum, one) => sum + Math.max(0, one.mails - one.claimed), 0);
};

const claimed = async (laptop: Laptop, key: EpisodeKey, touchpoint: TouchpointId): Promise<number> => {
  const { episodes } = await laptop.store.load(key.patientId);
  const episode = episodes.find(
    ({ family, serviceDate }) => family === key.family && serviceDate === key.serviceDate,
  );
  return episode?.touchpoints[touchpoint]?.contacts ?? 0;
};
