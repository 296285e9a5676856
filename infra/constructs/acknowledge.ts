import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Takes a construct and, by the id of a rule, the reason why its finding there is as it should be. */
export const acknowledge = (scope: IConstruct, reasons: Readonly<Record<string, string>>): void => {
  for (const [id, reason] of Object.entries(reasons)) Validations.of(scope).acknowledge({ id, reason });
};
