/**
 * Physical names, so that operations commands and runbooks find resources by the stage's name alone. A named table
 * also cannot be replaced by accident: its successor would need the same name.
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

/** The names of a stage's resources. */
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
