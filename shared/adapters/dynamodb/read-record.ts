import type { PatientRecord } from '../../domain/patient.ts';
import { countedItem, draftItem, episodeItem, profileItem, responseItem, sourceItem } from './items.ts';

type Raw = Readonly<Record<string, unknown>>;

const sortKeyOf = (item: Raw): string => (typeof item['sk'] === 'string' ? item['sk'] : '');

/**
 * Takes a patient's id and all items of the patient's partition, gives the record. Items of other kinds
 * (notices, ignored procedures) are no part of it. Throws when an item does not have its shape.
 */
export const readRecord = (patientId: string, items: readonly Raw[]): PatientRecord => {
  const of = (prefix: string): readonly Raw[] => items.filter((item) => sortKeyOf(item).startsWith(prefix));
  const [profile] = of('PROFILE');
  const [counted] = of('COUNTED');
  const drafts = of('DRAFT#');
  return {
    patientId,
    ...(profile === undefined ? {} : { profile: profileItem.parse(profile) }),
    episodes: of('EPISODE#').map((item) => episodeItem.parse(item)),
    responses: of('RESPONSE#').map((item) => responseItem.parse(item)),
    sources: of('SOURCE#').map((item) => sourceItem.parse(item)),
    ...(drafts.length === 0 ? {} : { drafts: drafts.map((item) => draftItem.parse(item)) }),
    ...(counted === undefined ? {} : { counted: countedItem.parse(counted) }),
  };
};
