import { countingScanOn, countingStoreOn } from '../../shared/counting/aws/counting-store.ts';
import { checkDriftWith } from '../../shared/counting/check-drift.ts';
import { cellStoreOn, residueStoreOn } from '../../shared/outcomes/cells/aws/cell-store.ts';
import { documentClient } from '../../shared/platform/aws/dynamodb.ts';
import { type Environment, readEnvironment } from '../../shared/platform/environment.ts';
import { loggedInvocations } from '../../shared/platform/logging/invocation.ts';
import type { Runtime } from '../../shared/platform/logging/runtime.ts';
import { environmentSchema } from './environment.ts';

/** Creates the handler that counts everything from the records and compares the result with the counters. */
export const createHandler = (environment: Environment, { log, metrics }: Runtime) => {
  const settings = readEnvironment(environmentSchema, environment);
  const client = documentClient();
  const counting = countingStoreOn(client, { care: settings.CARE_TABLE, outcomes: settings.OUTCOMES_TABLE });
  const checkDrift = checkDriftWith({
    countingScan: countingScanOn(client, settings.CARE_TABLE, counting),
    cells: cellStoreOn(client, settings.OUTCOMES_TABLE),
    residue: residueStoreOn(client, settings.OUTCOMES_TABLE),
  });
  return loggedInvocations(log, async () => {
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
