import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { episodeItem, linkItem } from '../../../shared/care/patient/aws/items.ts';
import type { EpisodeKey } from '../../../shared/care/patient/episode.ts';
import { localTables } from '../emulation/functions/laptop-functions.ts';
import type { Laptop } from '../laptop.ts';

const keyOf = (key: EpisodeKey, touchpoint: string): string =>
  `${key.patientId} ${key.family} ${key.serviceDate} ${touchpoint}`;

/** Every item whose sort key begins so; it reads the whole table: local only. */
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
 * Takes a laptop, counts the emails that went out beyond what was claimed: for each touchpoint of each episode,
 * what the email server took against what the episode says was sent. There must be none.
 */
export const emailsBeyondClaims = async (laptop: Laptop): Promise<number> => {
  const links = (await itemsOf(laptop, 'LINK')).map((item) => linkItem.parse(item));
  const touchpointBySendId = new Map<string, string>(
    links.map((link) => [link.tokenHash, keyOf(link, link.touchpoint)]),
  );
  const claimed = new Map(
    (await itemsOf(laptop, 'EPISODE#')).flatMap((item) => {
      const episode = episodeItem.parse(item);
      return Object.entries(episode.touchpoints).map(([id, state]): [string, number] => [
        keyOf(episode, id),
        state.emails,
      ]);
    }),
  );
  const emails = laptop.email.inbox.list({ limit: Number.MAX_SAFE_INTEGER });
  const taken = Map.groupBy(emails, ({ sendId }) => touchpointBySendId.get(sendId) ?? 'unknown');
  return [...taken].reduce((sum, [key, sent]) => sum + Math.max(0, sent.length - (claimed.get(key) ?? 0)), 0);
};
