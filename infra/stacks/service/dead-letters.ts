import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLettersOf, type FunctionManifest } from '../../../shared/platform/function-manifest.ts';
import { DeadLetterQueue } from '../../constructs/dead-letter-queue.ts';
import type { AlarmSurroundings } from '../../constructs/house-alarm.ts';

export type DeadLetterQueuesProps = AlarmSurroundings & {
  readonly functions: readonly FunctionManifest[];
  readonly key: IKey;
};

/** The queues in which failed events wait for a person. */
export class DeadLetterQueues extends Construct {
  private readonly byName: ReadonlyMap<string, IQueue>;

  constructor(scope: Construct, id: string, { functions, key, ...surroundings }: DeadLetterQueuesProps) {
    super(scope, id);
    const wanted = functions.flatMap((manifest) => deadLettersOf(manifest) ?? []);
    const distinct = new Map(wanted.map((letters) => [letters.name, letters]));
    this.byName = new Map(
      [...distinct].map(([name, letters]) => [
        name,
        new DeadLetterQueue(this, name, { ...surroundings, ...letters, key }).queue,
      ]),
    );
  }

  get all(): readonly IQueue[] {
    return [...this.byName.values()];
  }

  of(manifest: FunctionManifest): IQueue | undefined {
    return this.byName.get(deadLettersOf(manifest)?.name ?? '');
  }
}
