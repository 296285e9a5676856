import { pauseStoreOn } from '../../shared/care/emailing/aws/pause-store.ts';
import { acceptContactWith } from '../../shared/care/intake/accept-contact.ts';
import { acceptProcedureWith } from '../../shared/care/intake/accept-procedure.ts';
import { careScanOn, careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import type { CareStore } from '../../shared/care/patient/ports.ts';
import { noticeStoreOn } from '../../shared/care/staff/aws/notice-store.ts';
import { countingScanOn, countingStoreOn } from '../../shared/counting/aws/counting-store.ts';
import { careOverviewOn } from '../../shared/operations/aws/care-overview.ts';
import { erasureStoreOn } from '../../shared/operations/aws/erasure-store.ts';
import { cellStoreOn, residueStoreOn } from '../../shared/outcomes/cells/aws/cell-store.ts';
import { releaseStoreOn } from '../../shared/outcomes/release/aws/release-store.ts';
import { dueShardCount } from '../../shared/platform/tables.ts';
import type { System } from './system.ts';

/** Creates the stores and use cases that commands share. */
export const partsOf = (
  { documents, tables, clock, defaults }: System,
  decorate: (store: CareStore) => CareStore = (store) => store,
) => {
  const store = decorate(careStoreOn(documents, tables.care));
  const erasure = erasureStoreOn(documents, tables);
  const counting = countingStoreOn(documents, tables);
  return {
    clock,
    store,
    erasure,
    pauses: pauseStoreOn(documents, tables.care),
    shards: dueShardCount,
    scan: careScanOn(documents, tables.care, store),
    overview: careOverviewOn(documents, tables.care),
    notices: noticeStoreOn(documents, tables.care),
    counting,
    countingScan: countingScanOn(documents, tables.care, counting),
    cells: cellStoreOn(documents, tables.outcomes),
    residue: residueStoreOn(documents, tables.outcomes),
    releases: releaseStoreOn(documents, tables.outcomes),
    acceptProcedure: acceptProcedureWith(store, clock, defaults),
    acceptContact: acceptContactWith(store, clock, defaults),
  };
};
