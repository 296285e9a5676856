import { Construct } from 'constructs';
import { readStream } from '../../constructs/stream-mapping.ts';
import type { ServiceFunction } from './functions.ts';

/**
 * Constructs of mappings that have another name than their function. The ids stay as they are: CloudFormation
 * creates before it deletes, and Lambda refuses a second mapping of the same stream to the same function.
 */
const mappingIds: Readonly<Record<string, string>> = {
  'roll-up-responses': 'Counting',
  'tell-staff': 'Telling',
};

/** DynamoDB advises against more readers of one stream: their reads would be throttled. */
const maxReaders = 2;

/** Connects the functions that read the `care` table's stream to it. */
export const readStreams = (
  scope: Construct,
  streamArn: string,
  functions: readonly ServiceFunction[],
): void => {
  const readers = functions.flatMap(({ manifest, function: target, queue }) =>
    manifest.trigger.kind === 'stream' && queue !== undefined
      ? [{ name: manifest.name, trigger: manifest.trigger, target, queue }]
      : [],
  );
  if (readers.length > maxReaders) {
    throw new Error(
      `The stream has ${readers.length} readers; DynamoDB advises against more than ${maxReaders}.`,
    );
  }
  for (const { name, ...reader } of readers) {
    readStream(new Construct(scope, mappingIds[name] ?? `${name}-stream`), { ...reader, streamArn });
  }
};
