import type { StoredItem } from '../care/patient/aws/items.ts';
import type { PatientId } from '../care/patient/ids.ts';
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

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * `PATIENT#p-1 / EPISODE#...` is an episode, `LINK#... / LINK` a link, `AUDIT#... / ...` an entry of the audit
 * trail.
 */
const kindOf = ({ pk, sk }: StoredItem): string => {
  const partition = textOf(pk).split('#')[0] ?? '';
  return (partition === 'PATIENT' ? (textOf(sk).split('#')[0] ?? '') : partition).toLowerCase();
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
    const groups = [...Map.groupBy(items, kindOf)].toSorted(([a], [b]) => a.localeCompare(b));
    return {
      patientId,
      exportedAt: parts.clock.now(),
      items: items.length,
      byKind: Object.fromEntries(groups),
    };
  };
