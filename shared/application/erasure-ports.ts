import type { CellChange } from '../domain/cells.ts';
import type { UtcInstant } from '../domain/time.ts';
import type { CountChange } from './ports.ts';

/** Knows who was erased, by a hash of the id. */
export type ErasedPatients = { readonly wasErased: (patientId: string) => Promise<boolean> };

/** What erasing a patient takes. Each step can be repeated without harm. */
export type ErasureStore = ErasedPatients & {
  /** Whether anything is stored in the patient's partition. */
  readonly holds: (patientId: string) => Promise<boolean>;
  /** Remembers that the patient is erased; gives when that was first done. */
  readonly remember: (patientId: string, at: UtcInstant) => Promise<UtcInstant>;
  /** Writes the patient's marker as closed and adds to the residue, in one transaction. The counters stay. */
  readonly close: (marker: CountChange, residue: readonly CellChange[]) => Promise<'committed' | 'conflict'>;
  /** Removes everything of the partition but the marker, the profile first. Gives how many items. */
  readonly removeRecord: (patientId: string) => Promise<number>;
  /** Removes the links of all mails to the patient. Gives how many. */
  readonly removeLinks: (patientId: string) => Promise<number>;
  /** Removes the closed marker. */
  readonly removeMarker: (patientId: string) => Promise<void>;
};
