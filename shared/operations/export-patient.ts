import type { PatientId } from '../care/patient/ids.ts';
import type { StoredItem } from '../care/patient/ports.ts';
import type { Clock } from '../platform/ports.ts';
import type { UtcInstant } from '../platform/time.ts';
import type { CareOverview } from './clinic-status.ts';

/** Everything stored about one patient, by kind of item. */
export type PatientExport = {
  readonly patientId: PatientId;
  readonly exportedAt: UtcInstant;
  readonly items: number;
  readonly byKind: Readonly<Record<string, readonly StoredItem[]>>;
};

/**
 * Creates the use case behind an access request: every item about the patient as stored, whatever its kind, so
 * kinds added later are included. Undefined when nothing is stored.
 */
export const exportPatientWith =
  (parts: { readonly overview: Pick<CareOverview, 'itemsAbout'>; readonly clock: Clock }) =>
  async (patientId: PatientId): Promise<PatientExport | undefined> => {
    const items = await parts.overview.itemsAbout(patientId);
    if (items.length === 0) return undefined;
    const groups = [...Map.groupBy(items, ({ kind }) => kind)].toSorted(([a], [b]) => a.localeCompare(b));
    return {
      patientId,
      exportedAt: parts.clock.now(),
      items: items.length,
      byKind: Object.fromEntries(groups.map(([kind, found]) => [kind, found.map(({ item }) => item)])),
    };
  };
