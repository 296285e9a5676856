import type { Accepted, ContactAccepted } from '../../shared/care/intake/accept-procedure.ts';
import {
  information,
  issueOf,
  type OutcomeIssue,
  operationOutcome,
} from '../../shared/care/intake/formats/operation-outcome.ts';
import type { Rejected } from '../../shared/care/intake/formats/problems.ts';
import { type HttpResponse, problemResponse, type RenderError } from '../../shared/platform/http/http.ts';

/** What became of one thing that was sent, in the words of the use cases. */
export type Done = Accepted | ContactAccepted;

/** Takes what became of a report, gives 201 if it started something, else 200. */
export const statusOf = (done: Done): 200 | 201 => (done.outcome === 'enrolled' ? 201 : 200);

/** Takes what became of a report, gives the answer: only the outcome, its reasons and a number. */
export const jsonResponse = (done: Done): HttpResponse => ({
  statusCode: statusOf(done),
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    outcome: done.outcome,
    ...('reasons' in done ? { reasons: done.reasons } : {}),
    ...('episodes' in done ? { episodes: done.episodes } : {}),
  }),
});

/** Takes a rejection, gives 422 with what is wrong and where. */
export const jsonRejection = ({ problems }: Rejected): HttpResponse =>
  problemResponse(422, 'The body was read and does not follow the schema.', problems);

/** Takes a status and a FHIR resource, gives the answer. */
export const fhirResponse = (statusCode: number, resource: unknown): HttpResponse => ({
  statusCode,
  headers: { 'content-type': 'application/fhir+json' },
  body: JSON.stringify(resource),
});

/** Takes what became of something, gives the finding that says so. */
export const doneIssue = (done: Done): OutcomeIssue => {
  const reasons = 'reasons' in done ? (done.reasons ?? []) : [];
  return information([done.outcome, ...reasons].join(', '));
};

/** Takes rejections, gives the findings; never an empty list. */
export const rejectionIssues = (
  rejections: readonly Rejected[],
): readonly [OutcomeIssue, ...OutcomeIssue[]] => {
  const [first, ...rest] = rejections.flatMap(({ problems }) => problems.map(issueOf));
  return [first ?? { severity: 'error', code: 'invalid', diagnostics: 'not understood' }, ...rest];
};

/** Takes rejections, gives 422 with an OperationOutcome. */
export const fhirRejection = (...rejections: readonly Rejected[]): HttpResponse =>
  fhirResponse(422, operationOutcome(...rejectionIssues(rejections)));

const issueCodes: Readonly<Record<number, OutcomeIssue['code']>> = {
  400: 'structure',
  404: 'not-found',
  405: 'not-supported',
  413: 'too-long',
  415: 'not-supported',
};

/** Writes an error for whoever asked: an OperationOutcome under `/fhir`, else problem+json. */
export const renderError: RenderError = (event, status, detail) =>
  /^\/fhir(\/|$)/.test(event.rawPath)
    ? fhirResponse(
        status,
        operationOutcome({ severity: 'error', code: issueCodes[status] ?? 'exception', diagnostics: detail }),
      )
    : problemResponse(status, detail);
