import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FunctionManifest } from '../../../shared/platform/function-manifest.ts';
import { type FunctionSurroundings, HouseFunction } from '../../constructs/house-function.ts';
import { variablesOf } from '../../settings/variables.ts';
import type { DeadLetterQueues } from './dead-letters.ts';
import { type AccessTargets, accessOf } from './function-access.ts';

export type FunctionsProps = {
  readonly manifests: readonly FunctionManifest[];
  readonly surroundings: FunctionSurroundings;
  readonly targets: AccessTargets;
  /** What the stage provides; each function gets the variables that its schema names. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly queues: DeadLetterQueues;
  readonly queueKey: IKey;
};

/** A function of the stage with what it was made from. */
export type ServiceFunction = {
  readonly manifest: FunctionManifest;
  readonly function: IFunction;
  /** Where its failed events wait; absent for HTTP functions. */
  readonly queue?: IQueue;
};

/** The functions of a stage, in the order of their manifests. */
export class Functions extends Construct {
  readonly all: readonly ServiceFunction[];

  constructor(scope: Construct, id: string, props: FunctionsProps) {
    super(scope, id);
    this.all = props.manifests.map((manifest) => {
      const queue = props.queues.of(manifest);
      const house = new HouseFunction(this, manifest.name, {
        ...props.surroundings,
        manifest,
        environment: variablesOf(manifest, props.variables),
        access: accessOf(this, manifest, props.targets),
        ...(queue === undefined ? {} : { failures: { queue, key: props.queueKey } }),
      });
      return { manifest, function: house.function, ...(queue === undefined ? {} : { queue }) };
    });
  }
}
