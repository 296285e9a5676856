import type { Problem } from './problems.ts';

/** One finding, as FHIR writes it. */
export type OutcomeIssue = {
  readonly severity: 'error' | 'warning' | 'information';
  readonly code:
    | 'invalid'
    | 'structure'
    | 'not-supported'
    | 'not-found'
    | 'too-long'
    | 'exception'
    | 'informational';
  readonly diagnostics: string;
  readonly expression?: readonly string[];
};

/** A FHIR R4 OperationOutcome. */
export type OperationOutcome = {
  readonly resourceType: 'OperationOutcome';
  readonly issue: readonly OutcomeIssue[];
};

/** Takes findings (at least one), gives the resource that FHIR clients expect. */
export const operationOutcome = (
  ...issue: readonly [OutcomeIssue, ...(readonly OutcomeIssue[])]
): OperationOutcome => ({ resourceType: 'OperationOutcome', issue });

/** JSON names a choice by its type (`performedDateTime`), FHIRPath does not (`performed`). */
const asFhirPath = (path: string): string =>
  path.replaceAll(/\b(performed|deceased|value)(DateTime|Period|Boolean|Code|String)\b/g, '$1');

/** Takes a problem, gives the finding with its FHIRPath. */
export const issueOf = ({ path, message }: Problem): OutcomeIssue => {
  const expression = asFhirPath(path);
  return {
    severity: 'error',
    code: 'invalid',
    diagnostics: `${expression}: ${message}`,
    ...(expression === '' ? {} : { expression: [expression] }),
  };
};

/** Takes words, gives a finding that is no mistake. */
export const information = (diagnostics: string): OutcomeIssue => ({
  severity: 'information',
  code: 'informational',
  diagnostics,
});
