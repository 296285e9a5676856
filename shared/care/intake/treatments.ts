import { localDateOf } from '../../platform/calendar.ts';
import type { LocalDate, ZoneId } from '../../platform/time.ts';
import { familyIds } from '../../protocol/families.ts';
import type { Baseline } from '../../protocol/measures.ts';
import type { Episode } from '../patient/episode.ts';
import type { EpisodePlace } from '../patient/history/moved-episodes.ts';
import type { EpisodeId, SourceId } from '../patient/ids.ts';
import type { PatientRecord, Performed, SourceNote } from '../patient/patient.ts';

/** One treatment: all procedure records of one family and day. Add-ons and the other side are among them. */
export type Treatment = EpisodePlace & {
  readonly sources: readonly SourceId[];
  readonly baseline?: Baseline;
};

/** A record's part in a treatment. */
type Part = EpisodePlace & { readonly sourceId: SourceId; readonly note?: SourceNote };

type Known = Pick<PatientRecord, 'episodes' | 'sources'>;

/** Returns the date of a procedure where the patient lives. */
export const serviceDateOf = (performed: Performed, zone: ZoneId): LocalDate =>
  performed.kind === 'date' ? performed.on : localDateOf(performed.at, zone);

export const isLive = ({ status }: Episode): boolean => status !== 'cancelled';

/** The name of a place: two records with the same one are the same visit. */
export const placeOf = ({ family, serviceDate }: EpisodePlace): string => `${serviceDate} ${family}`;

const inOrder = <T extends EpisodePlace>(parts: readonly T[]): readonly T[] =>
  parts.toSorted((a, b) => familyIds.indexOf(a.family) - familyIds.indexOf(b.family));

const liveEpisodesOf = ({ episodes }: Known, sourceId: SourceId): readonly Episode[] =>
  inOrder(episodes.filter((episode) => isLive(episode) && episode.sources.includes(sourceId)));

/** Notes stored before they said what was done, and sources without a note, stand for the episodes that name them. */
const partsByEpisode = (known: Known, sourceId: SourceId): readonly Part[] =>
  liveEpisodesOf(known, sourceId).map(({ family, serviceDate }) => ({ family, serviceDate, sourceId }));

const partsOfNote = (known: Known, note: SourceNote, zone: ZoneId): readonly Part[] => {
  const { sourceId, performed, families } = note;
  if (note.status !== 'completed') return [];
  if (performed === undefined || families === undefined) return partsByEpisode(known, sourceId);
  const serviceDate = serviceDateOf(performed, zone);
  return families.map((family) => ({ family, serviceDate, sourceId, note }));
};

const partsOf = (known: Known, zone: ZoneId): readonly Part[] => {
  const noted = new Set(known.sources.map(({ sourceId }) => sourceId));
  const named = new Set(known.episodes.filter(isLive).flatMap(({ sources }) => sources));
  const unnoted = [...named].filter((sourceId) => !noted.has(sourceId));
  return [
    ...known.sources.flatMap((note) => partsOfNote(known, note, zone)),
    ...unnoted.flatMap((sourceId) => partsByEpisode(known, sourceId)),
  ];
};

const baselineAge = ({ baselineAsOf, sourceId }: SourceNote): string => `${baselineAsOf ?? ''} ${sourceId}`;

/** Of several baselines of one treatment the one reported last holds. */
const baselineOf = (parts: readonly Part[]): Baseline | undefined =>
  parts
    .flatMap(({ note }) => (note?.baseline === undefined ? [] : [note]))
    .toSorted((a, b) => (baselineAge(a) < baselineAge(b) ? -1 : 1))
    .at(-1)?.baseline;

/** Returns the treatments that a patient's procedure records stand for, dated where the patient lives. */
export const treatmentsOf = (known: Known, zone: ZoneId): readonly Treatment[] => {
  const places = [...Map.groupBy(partsOf(known, zone), placeOf).values()];
  return places.flatMap((parts) => {
    const [first] = parts;
    if (first === undefined) return [];
    const { family, serviceDate } = first;
    const baseline = baselineOf(parts);
    const sources = [...new Set(parts.map(({ sourceId }) => sourceId))];
    return [{ family, serviceDate, sources, ...(baseline === undefined ? {} : { baseline }) }];
  });
};

/** Pairs each episode with the first treatment that matches it and is still free. */
const paired = (
  episodes: readonly Episode[],
  treatments: readonly Treatment[],
  matches: (episode: Episode, treatment: Treatment) => boolean,
): {
  readonly pairs: readonly (readonly [EpisodeId, Treatment])[];
  readonly episodes: readonly Episode[];
  readonly treatments: readonly Treatment[];
} => {
  const left = [...treatments];
  const pairs: (readonly [EpisodeId, Treatment])[] = [];
  const alone: Episode[] = [];
  for (const episode of episodes) {
    const index = left.findIndex((treatment) => matches(episode, treatment));
    const [treatment] = index === -1 ? [] : left.splice(index, 1);
    if (treatment === undefined) alone.push(episode);
    else pairs.push([episode.episodeId, treatment]);
  }
  return { pairs, episodes: alone, treatments: left };
};

/**
 * Returns, for each episode that a record stood for, the treatment it stands for instead: the very same one, else one
 * of the same family (the date was corrected), else another (the family was). An episode without one lost the record.
 */
export const successorsOf = (
  known: Known,
  sourceId: SourceId,
  treatments: readonly Treatment[],
): ReadonlyMap<EpisodeId, Treatment> => {
  const own = inOrder(treatments.filter(({ sources }) => sources.includes(sourceId)));
  const same = paired(liveEpisodesOf(known, sourceId), own, (a, b) => placeOf(a) === placeOf(b));
  const redated = paired(same.episodes, same.treatments, (a, b) => a.family === b.family);
  const others = paired(redated.episodes, redated.treatments, () => true);
  return new Map([...same.pairs, ...redated.pairs, ...others.pairs]);
};
