import { careOverviewOn } from '../../shared/adapters/dynamodb/care-overview.ts';
import { careScanOn } from '../../shared/adapters/dynamodb/care-scan.ts';
import { careStoreOn } from '../../shared/adapters/dynamodb/care-store.ts';
import { cellStoreOn, residueStoreOn } from '../../shared/adapters/dynamodb/cell-store.ts';
import { countingStoreOn } from '../../shared/adapters/dynamodb/counting-store.ts';
import { erasureStoreOn } from '../../shared/adapters/dynamodb/erasure-store.ts';
import { pauseStoreOn } from '../../shared/adapters/dynamodb/pause-store.ts';
import { releaseStoreOn } from '../../shared/adapters/dynamodb/release-store.ts';
import { acceptContactWith } from '../../shared/application/accept-contact.ts';
import { acceptProcedureWith } from '../../shared/application/accept-procedure.ts';
import { refuseErased } from '../../shared/application/refuse-erased.ts';
import { dueShardCount } from '../../shared/tables.ts';
import type { System } from './system.ts';

/** Takes a system, gives the stores and use cases that commands are made of. */
export const partsOf = ({ documents, tables, clock, defaults }: System) => {
  const store = careStoreOn(documents, tables.care);
  const erasure = erasureStoreOn(documents, tables);
  return {
    clock,
    store,
    erasure,
    pauses: pauseStoreOn(documents, tables.care),
    shards: dueShardCount,
    scan: careScanOn(documents, tables.care, store),
    overview: careOverviewOn(documents, tables.care),
    counting: countingStoreOn(documents, tables),
    cells: cellStoreOn(documents, tables.outcomes),
    residue: residueStoreOn(documents, tables.outcomes),
    releases: releaseStoreOn(documents, tables.outcomes),
    ...refuseErased(erasure, {
      acceptProcedure: acceptProcedureWith(store, clock, defaults),
      acceptContact: acceptContactWith(store, clock, defaults),
    }),
  };
};
