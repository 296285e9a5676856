import { countedKey, dueShardOf, episodeKey, profileKey } from '../../shared/care/patient/aws/keys.ts';
import { patientId, sourceId } from '../../shared/care/patient/ids.ts';
import type { PatientRecord } from '../../shared/care/patient/patient.ts';
import { encodeContribution } from '../../shared/counting/aws/contribution-codec.ts';
import { contributionOf } from '../../shared/counting/contribute.ts';
import { cellPartition } from '../../shared/outcomes/cells/aws/cell-store.ts';
import { cellKeyOf } from '../../shared/outcomes/cells/cells.ts';
import type { CellId, Counter } from '../../shared/outcomes/cells/contribution.ts';
import { addDays } from '../../shared/platform/calendar.ts';
import type { LocalDate } from '../../shared/platform/time.ts';
import { type FamilyId, familyIds } from '../../shared/protocol/families.ts';
import { anEpisode, aProfile, aRecord } from '../support/samples/builders.ts';
import { type BigClinic, exportLine } from './big-tables.ts';

/** Number of days over which the patients are treated. */
const days = 90;

/** A time at which the first `duePatients` patients are due, whatever the size of the clinic. */
export const dueAt = '2026-03-02T23:00:00Z';

const duePatients = 400;

/** The first patients have all their items and can be counted; the others have only their pending episode. */
const wholePatients = 3000;

/** Placeholder for the patient's number in the lines of a kind. */
const numberMark = 'n~n';

const shardMark = '\u0002';

/** Patients of one family and day differ only in their number. */
type Kind = { readonly record: PatientRecord; readonly lines: readonly string[]; patients: number };

const kindOf = (family: FamilyId, serviceDate: LocalDate): Kind => {
  const id = patientId(`p-${numberMark}`);
  const email = `${id}@example.com`;
  const episode = anEpisode({ patientId: id, serviceDate, family, sources: [sourceId(`s-${numberMark}`)] });
  const record = aRecord({ patientId: id, profile: aProfile({ patientId: id, email }), episodes: [episode] });
  const contribution = encodeContribution(contributionOf(record));
  const items = [
    { ...episodeKey(episode), ...episode, dueShard: shardMark },
    { ...profileKey(id), ...record.profile },
    { ...countedKey(id), revision: 1, contribution },
  ];
  return { record, lines: items.map((item) => exportLine(item)), patients: 0 };
};

const marks = [JSON.stringify(numberMark).slice(1, -1), JSON.stringify(shardMark).slice(1, -1)] as const;

/**
 * Returns a clinic in which each patient has a pending episode and the first `wholePatients` also have a profile and
 * a counting marker, with the cells that all patients add up to.
 */
export const clinicOf = (patients: number): BigClinic => {
  const kinds = new Map<string, Kind>();
  const kindOfNumber = (number: number): Kind => {
    const serviceDate = number < duePatients ? '2026-03-02' : addDays('2026-03-03', number % days);
    const family = familyIds[number % familyIds.length] ?? 'mild';
    const name = `${family} ${serviceDate}`;
    const kind = kinds.get(name) ?? kindOf(family, serviceDate);
    kinds.set(name, kind);
    return kind;
  };
  return {
    tables: { care: `care-${patients}`, outcomes: `outcomes-${patients}` },
    care: function* () {
      for (let number = 0; number < patients; number += 1) {
        const kind = kindOfNumber(number);
        kind.patients += 1;
        const shard = dueShardOf(patientId(`p-${number}`));
        const lines = number < wholePatients ? kind.lines : kind.lines.slice(0, 1);
        for (const line of lines) yield line.replaceAll(marks[0], `${number}`).replace(marks[1], shard);
      }
    },
    outcomes: function* () {
      const cells = new Map<CellId, Partial<Record<Counter, number>>>();
      for (const kind of kinds.values()) {
        for (const [id, counted] of contributionOf(kind.record)) {
          const cell = cells.get(id) ?? {};
          cells.set(id, cell);
          for (const counter of counted) cell[counter] = (cell[counter] ?? 0) + kind.patients;
        }
      }
      for (const [id, counts] of cells) {
        const { scope, month, timepoint } = cellKeyOf(id);
        yield exportLine({ pk: cellPartition(scope), sk: `${month}#${timepoint}`, ...counts });
      }
    },
  };
};
