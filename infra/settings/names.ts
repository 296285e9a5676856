/**
 * Physical names, so that the operations commands and the runbooks find things by the stage's name alone. A
 * named table also cannot be replaced by accident: its successor would have the same name.
 */
export type Names = {
  readonly prefix: string;
  readonly careTable: string;
  readonly outcomesTable: string;
  readonly bus: string;
  readonly configurationSet: string;
  readonly trail: string;
  readonly logPrefix: string;
  readonly metricNamespace: string;
};

/** Takes a stage's name, gives the names of its things. */
export const namesOf = (stage: string): Names => ({
  prefix: `aftercare-${stage}`,
  careTable: `aftercare-${stage}-care`,
  outcomesTable: `aftercare-${stage}-outcomes`,
  bus: `aftercare-${stage}`,
  configurationSet: `aftercare-${stage}`,
  trail: `aftercare-${stage}`,
  logPrefix: `/aftercare/${stage}`,
  metricNamespace: `Aftercare-${stage}`,
});
