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

const runbookFolder = join(import.meta.dirname, '../../docs/runbooks');

/** What an alarm watches and what it means. */
export type HouseAlarmProps = {
  /** The alarm's name; its runbook is the file of this name in `docs/runbooks`. */
  readonly name: string;
  readonly stage: string;
  readonly metric: IMetric;
  /** Alarms at or above it; 1 when not given. */
  readonly threshold?: number;
  readonly comparison?: ComparisonOperator;
  readonly periods?: number;
  /** How many of the periods must be bad; all when not given. */
  readonly datapoints?: number;
  readonly missing?: Missing;
  /** One sentence: what it does to people while it lasts. */
  readonly impact: string;
  readonly topic: ITopic;
};

/**
 * An alarm that says what it means for people and where it is written what to do. Throws at synth when there is
 * no runbook of its name, or no impact.
 */
export class HouseAlarm extends Construct {
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, props: HouseAlarmProps) {
    super(scope, id);
    const runbook = `${props.name}.md`;
    if (!existsSync(join(runbookFolder, runbook))) {
      throw new Error(`The alarm ${props.name} has no runbook: write docs/runbooks/${runbook}.`);
    }
    if (!/^[A-Z].{20,}\.$/.test(props.impact)) {
      throw new Error(`The alarm ${props.name} does not say its impact on people in a sentence.`);
    }
    const periods = props.periods ?? 1;
    this.alarm = new Alarm(this, 'Alarm', {
      alarmName: `aftercare-${props.stage}-${props.name}`,
      alarmDescription: `${props.impact} Runbook: docs/runbooks/${runbook}`,
      metric: props.metric,
      threshold: props.threshold ?? 1,
      comparisonOperator: props.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      datapointsToAlarm: props.datapoints ?? periods,
      treatMissingData: props.missing ?? TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(props.topic);
    this.alarm.addAlarmAction(action);
    this.alarm.addOkAction(action);
  }
}
