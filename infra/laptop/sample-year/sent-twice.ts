import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { episodeItem, linkItem } from '../../../shared/care/patient/aws/items.ts';
import type { EpisodeKey } from '../../../shared/care/patient/episode.ts';
import { localTables } from '../emulation/functions/laptop-functions.ts';
import type { Laptop } from '../laptop.ts';

const keyOf = (key: EpisodeKey, touchpoint: string): string =>
  `${key.patientId} ${key.episodeId} ${touchpoint}`;

/** All items whose sort key has this prefix. Scans the whole care table: for the laptop only. */
const itemsOf = async ({ documents }: Laptop, prefix: string): Promise<readonly unknown[]> => {
  const items: unknown[] = [];
  const pages = paginateScan(
    { client: documents },
    {
      TableName: localTables.care,
      FilterExpression: 'begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':prefix': prefix },
    },
  );
  for await (const page of pages) items.push(...(page.Items ?? []));
  return items;
};

/**
 * Counts the emails sent without a reservation: for each touchpoint of each episode, the emails that the email
 * server accepted beyond those that the episode reserved. Must be 0.
 */
export const emailsBeyondReservations = async (laptop: Laptop): Promise<number> => {
  const links = (await itemsOf(laptop, 'LINK')).map((item) => linkItem.parse(item));
  const touchpointBySendId = new Map<string, string>(
    links.map((link) => [link.tokenHash, keyOf(link, link.touchpoint)]),
  );
  const reserved = new Map(
    (await itemsOf(laptop, 'EPISODE#')).flatMap((item) => {
      const episode = episodeItem.parse(item);
      return Object.entries(episode.touchpoints).map(([id, state]): [string, number] => [
        keyOf(episode, id),
        state.emails,
      ]);
    }),
  );
  const emails = laptop.email.inbox.list({ limit: Number.MAX_SAFE_INTEGER });
  const sent = Map.groupBy(emails, ({ sendId }) => touchpointBySendId.get(sendId) ?? 'unknown');
  return [...sent].reduce((sum, [key, own]) => sum + Math.max(0, own.length - (reserved.get(key) ?? 0)), 0);
};
