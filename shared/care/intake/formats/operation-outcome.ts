import type { Problem } from './problems.ts';

/** One issue of an OperationOutcome. */
export type OutcomeIssue = {
  readonly severity: 'error' | 'warning' | 'information';
  readonly code:
    | 'invalid'
    | 'structure'
    | 'not-supported'
    | 'not-found'
    | 'too-long'
    | 'transient'
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

/** Creates an OperationOutcome of at least one issue. */
export const operationOutcome = (
  ...issue: readonly [OutcomeIssue, ...(readonly OutcomeIssue[])]
): OperationOutcome => ({ resourceType: 'OperationOutcome', issue });

/** JSON appends the type of a choice element element (`performedDateTime`), FHIRPath does not (`performed`). */
const asFhirPath = (path: string): string =>
  path.replaceAll(/\b(performed|deceased|value)(DateTime|Period|Boolean|Code|String)\b/g, '$1');

/** Creates the issue of a problem, with its FHIRPath. */
export const issueOf = ({ path, message }: Problem): OutcomeIssue => {
  const expression = asFhirPath(path);
  return {
    severity: 'error',
    code: 'invalid',
    diagnostics: `${expression}: ${message}`,
    ...(expression === '' ? {} : { expression: [expression] }),
  };
};

/** Creates an informational issue. */
export const information = (diagnostics: string): OutcomeIssue => ({
  severity: 'information',
  code: 'informational',
  diagnostics,
});

/** Creates a warning: the rest of the resource is used. */
export const warning = (diagnostics: string): OutcomeIssue => ({
  severity: 'warning',
  code: 'invalid',
  diagnostics,
});
