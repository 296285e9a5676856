import { randomUUID } from 'node:crypto';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { pauseStoreOn } from '../../../shared/care/emailing/aws/pause-store.ts';
import { readProcedureDetail } from '../../../shared/care/intake/formats/procedure-event.ts';
import { episodeOfKey } from '../../../shared/care/patient/aws/keys.ts';
import type { EpisodeKey } from '../../../shared/care/patient/episode.ts';
import { publishedReleasesOn } from '../../../shared/outcomes/release/aws/release-store.ts';
import { addSeconds } from '../../../shared/platform/calendar.ts';
import { familyIds, isFamilyId } from '../../../shared/protocol/families.ts';
import { localTables } from '../emulation/functions/laptop-functions.ts';
import type { HttpRoute } from '../emulation/http/http-routes.ts';
import type { Laptop } from '../laptop.ts';
import { bookingCodes } from '../sample-year/clinic-system.ts';
import type { ClockMove, CompletedProcedure, ConsoleActions, ConsoleData } from './console-data.ts';
import { consoleRoutes } from './console-routes.ts';
import { detailOf, summaryOf } from './timeline.ts';
import { familyWords } from './words.ts';

const episodeItem = z.object({ pk: z.string(), sk: z.string(), enrolledAt: z.string() });

/** All episodes, newest enrollment first. Scans the whole care table: for the laptop only. */
const allEpisodes = async ({ documents }: Laptop): Promise<readonly EpisodeKey[]> => {
  const found: { readonly key: EpisodeKey; readonly enrolledAt: string }[] = [];
  const pages = paginateScan(
    { client: documents },
    {
      TableName: localTables.care,
      ProjectionExpression: 'pk, sk, enrolledAt',
      FilterExpression: 'begins_with(sk, :episode)',
      ExpressionAttributeValues: { ':episode': 'EPISODE#' },
    },
  );
  for await (const page of pages) {
    for (const raw of page.Items ?? []) {
      const item = episodeItem.parse(raw);
      const key = episodeOfKey(item);
      if (key !== undefined) found.push({ key, enrolledAt: item.enrolledAt });
    }
  }
  return found.toSorted((a, b) => b.enrolledAt.localeCompare(a.enrolledAt)).map(({ key }) => key);
};

const isSame = (a: EpisodeKey, b: EpisodeKey): boolean =>
  a.patientId === b.patientId && a.episodeId === b.episodeId;

const liveData = (laptop: Laptop): ConsoleData => {
  const releases = publishedReleasesOn(laptop.documents, localTables.outcomes);
  const find = async (key: EpisodeKey) => {
    const record = await laptop.store.load(key.patientId);
    const episode = record.episodes.find((candidate) => isSame(candidate, key));
    return episode === undefined ? undefined : { record, episode };
  };
  return {
    clock: async () => {
      const nextDueAt = await laptop.nextDueAt();
      return {
        now: laptop.clock.now(),
        mode: laptop.clock.mode(),
        ...(nextDueAt === undefined ? {} : { nextDueAt }),
      };
    },
    pause: pauseStoreOn(laptop.documents, localTables.care).read,
    procedures: familyIds.map((family) => ({ value: family, label: familyWords[family] })),
    episodes: async (limit) => {
      const keys = await allEpisodes(laptop);
      const found = await Promise.all(keys.slice(0, limit).map(find));
      return {
        total: keys.length,
        newest: found.flatMap((match) =>
          match === undefined ? [] : [summaryOf(match.record, match.episode)],
        ),
      };
    },
    episode: async (key) => {
      const found = await find(key);
      return found === undefined ? undefined : detailOf(found.record, found.episode);
    },
    inbox: laptop.email.inbox,
    sentences: async () =>
      (await releases.latest())?.release.claims.flatMap((claim) =>
        claim.status === 'withheld' ? [] : [claim.sentence.en],
      ) ?? [],
    deadLetters: async () => laptop.deadLetters.list().length,
  };
};

const detailFor = (procedure: CompletedProcedure, family: (typeof familyIds)[number]) => {
  const { patientId, email, givenName, serviceDate, zone, locale } = procedure;
  return {
    version: 1,
    eventId: randomUUID(),
    patient: {
      id: patientId,
      ...(email === undefined ? {} : { email }),
      ...(givenName === undefined ? {} : { givenName }),
      locale,
      timeZone: zone,
    },
    procedure: {
      id: `${patientId}-${family}-${serviceDate}`,
      codes: [{ system: 'CPT', code: bookingCodes[family] }],
      performedAt: serviceDate,
      intent: 'therapeutic',
    },
  };
};

const targetOf = async (laptop: Laptop, move: ClockMove) => {
  const now = laptop.clock.now();
  switch (move.kind) {
    case 'by-days':
      return addSeconds(now, move.days * 24 * 60 * 60);
    case 'to-date':
      return `${move.date}T23:59:59Z` as const;
    case 'to-next-due':
      return (await laptop.nextDueAt()) ?? now;
  }
};

const liveActions = (laptop: Laptop): ConsoleActions => ({
  completeProcedure: async (procedure) => {
    const family = procedure.procedure;
    if (!isFamilyId(family)) return { outcome: 'refused', problems: ['Choose a known procedure.'] };
    const detail = detailFor(procedure, family);
    const read = readProcedureDetail(detail, { now: laptop.clock.now() });
    if (read.outcome === 'rejected') {
      return { outcome: 'refused', problems: read.problems.map(({ path, message }) => `${path} ${message}`) };
    }
    await laptop.bus.put({ source: 'local.console', 'detail-type': 'Procedure Completed', detail });
    const { patientId, serviceDate } = procedure;
    const { episodes } = await laptop.store.load(patientId);
    const episode = episodes.find(
      (other) => other.family === family && other.serviceDate === serviceDate && other.status !== 'cancelled',
    );
    return episode === undefined
      ? { outcome: 'refused', problems: ['The procedure started no episode.'] }
      : { outcome: 'enrolled', episode };
  },
  moveClock: async (move) => laptop.rules.moveTo(await targetOf(laptop, move)),
  publish: async () => {
    await laptop.pump.drain();
    await laptop.invoke('publish-release');
  },
});

/** Creates the routes of the running laptop's console. */
export const liveConsole = (laptop: Laptop): readonly HttpRoute[] =>
  consoleRoutes(liveData(laptop), liveActions(laptop));
