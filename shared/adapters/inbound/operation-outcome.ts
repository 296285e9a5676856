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

/** Takes a problem with its FHIRPath, gives the finding. */
export const issueOf = ({ path, message }: Problem): OutcomeIssue => ({
  severity: 'error',
  code: 'invalid',
  diagnostics: `${path}: ${message}`,
  ...(path === '' ? {} : { expression: [path] }),
});

/** Takes words, gives a finding that is no mistake. */
export const information = (diagnostics: string): OutcomeIssue => ({
  severity: 'information',
  code: 'informational',
  diagnostics,
});
