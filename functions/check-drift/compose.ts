import middy from '@middy/core';
import { careScanOn } from '../../shared/adapters/dynamodb/care-scan.ts';
import { careStoreOn } from '../../shared/adapters/dynamodb/care-store.ts';
import { cellStoreOn, residueStoreOn } from '../../shared/adapters/dynamodb/cell-store.ts';
import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { type Environment, readEnvironment } from '../../shared/adapters/system/environment.ts';
import type { Runtime } from '../../shared/adapters/system/runtime.ts';
import { checkDriftWith } from '../../shared/application/check-drift.ts';
import { environmentSchema } from './environment.ts';

/** Makes the handler: everything is counted from nothing and compared with what the counters say. */
export const compose = (environment: Environment, { log, metrics }: Runtime) => {
  const settings = readEnvironment(environmentSchema, environment);
  const client = documentClient();
  const store = careStoreOn(client, settings.CARE_TABLE);
  const checkDrift = checkDriftWith({
    scan: careScanOn(client, settings.CARE_TABLE, store),
    cells: cellStoreOn(client, settings.OUTCOMES_TABLE),
    residue: residueStoreOn(client, settings.OUTCOMES_TABLE),
  });
  return middy(async () => {
    const report = await checkDrift();
    const drift = {
      patients: report.patients,
      uncounted: report.uncounted,
      cells: report.differingCells.length,
    };
    metrics.add('DriftingCells', drift.cells);
    metrics.add('UncountedPatients', drift.uncounted);
    if (drift.cells > 0) log.error('drift.found', drift);
    else log.info('drift.none', drift);
    return drift;
  });
};
