import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  type TreatMissingData as Missing,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

const docsFolder = join(import.meta.dirname, '../../docs/runbooks');

/** What all alarms of a stage have in common. */
export type AlarmSurroundings = {
  readonly stage: string;
  readonly topic: ITopic;
  /** Where runbooks are looked for; `docs/runbooks` unless a test has its own. */
  readonly runbookFolder?: string;
};

export type HouseAlarmProps = AlarmSurroundings & {
  /** The alarm's name; its runbook is the file of this name in `docs/runbooks`. */
  readonly name: string;
  readonly metric: IMetric;
  /** The alarm goes off at or above it; 1 when absent. */
  readonly threshold?: number;
  readonly comparison?: ComparisonOperator;
  /** How many periods in a row must be bad; 1 when absent. */
  readonly periods?: number;
  /** What a period without data counts as; not bad when absent. */
  readonly missing?: Missing;
  /** One sentence: what it means for people while it lasts. */
  readonly impact: string;
};

/**
 * An alarm whose description states what it means for people and which runbook says what to do. Throws at synth if
 * it has no runbook or no impact.
 */
export class HouseAlarm extends Construct {
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, props: HouseAlarmProps) {
    super(scope, id);
    const runbook = `${props.name}.md`;
    if (!existsSync(join(props.runbookFolder ?? docsFolder, runbook))) {
      throw new Error(`The alarm ${props.name} has no runbook: write docs/runbooks/${runbook}.`);
    }
    if (!/^[A-Z].{20,}\.$/.test(props.impact)) {
      throw new Error(`The alarm ${props.name} does not state its impact on people in a sentence.`);
    }
    const periods = props.periods ?? 1;
    this.alarm = new Alarm(this, 'Alarm', {
      alarmName: `aftercare-${props.stage}-${props.name}`,
      alarmDescription: `${props.impact} Runbook: docs/runbooks/${runbook}`,
      metric: props.metric,
      threshold: props.threshold ?? 1,
      comparisonOperator: props.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      treatMissingData: props.missing ?? TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(props.topic);
    this.alarm.addAlarmAction(action);
    this.alarm.addOkAction(action);
  }
}
