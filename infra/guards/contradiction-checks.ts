import { readFileSync } from 'node:fs';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
} from 'aws-cdk-lib';
import { contradictionsIn } from './contradictions.ts';

/** Has every synthesis fail where two settings of a stack contradict each other. */
export class ContradictionChecks implements IPolicyValidationPlugin {
  readonly name = 'Contradictions';

  validate({ templatePaths }: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = templatePaths.flatMap((templatePath) =>
      contradictionsIn(JSON.parse(readFileSync(templatePath, 'utf8'))).map((description) => ({
        ruleName: 'contradiction',
        description,
        violatingResources: [{ templatePath, locations: [] }],
      })),
    );
    return { success: violations.length === 0, violations };
  }
}
