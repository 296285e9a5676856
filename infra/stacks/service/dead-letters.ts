import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetterQueue } from '../../constructs/dead-letter-queue.ts';
import type { AsyncFunctionName } from './functions.ts';

export type DeadLettersProps = { readonly stage: string; readonly key: IKey; readonly topic: ITopic };

const impacts = {
  'events-not-enrolled':
    'Some reported procedures started nothing: those patients get no email and are not counted.',
  'email-events-not-recorded': 'Someone who complained or whose address is dead may be emailed once more.',
  'ticks-not-run': 'A scheduled run did not happen; the next one makes up for it unless this goes on.',
  'changes-not-counted':
    'Some answers are stored but missing from the counts, and so from published figures.',
  'staff-not-told': 'Patients asked for a call or reported a warning sign, and staff got no email about it.',
} as const;

/** The five queues in which something waits for a person. */
export class DeadLetters extends Construct {
  readonly ofFunction: Readonly<Record<AsyncFunctionName, IQueue>>;
  readonly uncounted: IQueue;
  readonly untold: IQueue;
  readonly all: readonly IQueue[];

  constructor(scope: Construct, id: string, props: DeadLettersProps) {
    super(scope, id);
    const make = (name: keyof typeof impacts): IQueue =>
      new DeadLetterQueue(this, name, { ...props, name, impact: impacts[name] }).queue;
    const ticks = make('ticks-not-run');
    this.ofFunction = {
      'enroll-episode': make('events-not-enrolled'),
      'record-email-event': make('email-events-not-recorded'),
      'send-due-emails': ticks,
      'publish-release': ticks,
      'check-drift': ticks,
    };
    this.uncounted = make('changes-not-counted');
    this.untold = make('staff-not-told');
    this.all = [...new Set([...Object.values(this.ofFunction), this.uncounted, this.untold])];
  }
}
