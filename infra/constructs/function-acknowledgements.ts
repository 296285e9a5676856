import type { Trigger } from '../../shared/platform/function-manifest.ts';

const insideVpc =
  'It reaches DynamoDB and SES only, over TLS with its own role, and nothing reaches it but AWS: a VPC would add NAT and endpoints and keep out nobody.';
const tracing =
  'One function and one table answer a request: the log line and the metrics say what a trace would, and a trace costs more than the run it describes.';

const deadLetter = (isAsync: boolean): string =>
  isAsync
    ? 'Its failed events go to an on-failure destination, an encrypted queue with an alarm, which stands in for the dead-letter setting.'
    : 'It is never called asynchronously: whoever calls it gets the error (HTTP), or the mapping has a failure destination (stream).';

/** Why a function deviates from the rule packs. */
export const functionAcknowledgements = (trigger: Trigger): Readonly<Record<string, string>> => {
  const isAsync = 'maxRetries' in trigger;
  return {
    'HIPAA.Security-LambdaInsideVPC': insideVpc,
    'NIST.800.53.R5-LambdaInsideVPC': insideVpc,
    'Serverless-LambdaTracing': tracing,
    'HIPAA.Security-LambdaDLQ': deadLetter(isAsync),
    'NIST.800.53.R5-LambdaDLQ': deadLetter(isAsync),
    'Serverless-LambdaDLQ': deadLetter(isAsync),
  };
};
