import type { ContactAccepted } from '../../shared/care/intake/accept-contact.ts';
import type { Accepted } from '../../shared/care/intake/accept-procedure.ts';
import {
  information,
  issueOf,
  type OutcomeIssue,
  operationOutcome,
  warning,
} from '../../shared/care/intake/formats/operation-outcome.ts';
import type { Rejected } from '../../shared/care/intake/formats/problems.ts';
import type { Note } from '../../shared/care/intake/formats/rules/contact.ts';
import { type HttpResponse, problemResponse } from '../../shared/platform/http/http.ts';
import type { RenderError } from '../../shared/platform/http/middleware.ts';

/** What became of one report, in the words of the use cases, and what it said and is not used. */
export type Done = (Accepted | ContactAccepted) & { readonly notes?: readonly Note[] };

/** 201 where a report started an episode, else 200. */
export const statusOf = (done: Done): 200 | 201 => (done.outcome === 'enrolled' ? 201 : 200);

/** Creates the JSON response: the outcome, its reasons, a number and notes, and nothing else. */
export const jsonResponse = (done: Done): HttpResponse => ({
  statusCode: statusOf(done),
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    outcome: done.outcome,
    ...('reasons' in done ? { reasons: done.reasons } : {}),
    ...('episodes' in done ? { episodes: done.episodes } : {}),
    ...(done.notes === undefined ? {} : { notes: done.notes }),
  }),
});

/** Creates a 422 that lists the problems and their paths. */
export const jsonRejection = ({ problems }: Rejected): HttpResponse =>
  problemResponse(422, 'The body was read and does not follow the schema.', problems);

/** Creates a response with a FHIR resource. */
export const fhirResponse = (statusCode: number, resource: unknown): HttpResponse => ({
  statusCode,
  headers: { 'content-type': 'application/fhir+json' },
  body: JSON.stringify(resource),
});

/** The informational issue with the outcome of a report, and a warning for each thing in it that is not used. */
export const doneIssues = (done: Done): readonly [OutcomeIssue, ...OutcomeIssue[]] => {
  const reasons = 'reasons' in done ? (done.reasons ?? []) : [];
  return [information([done.outcome, ...reasons].join(', ')), ...(done.notes ?? []).map(warning)];
};

/** The issues of rejections; never an empty list. */
export const rejectionIssues = (
  rejections: readonly Rejected[],
): readonly [OutcomeIssue, ...OutcomeIssue[]] => {
  const [first, ...rest] = rejections.flatMap(({ problems }) => problems.map(issueOf));
  return [first ?? { severity: 'error', code: 'invalid', diagnostics: 'not understood' }, ...rest];
};

/** Creates a 422 with an OperationOutcome. */
export const fhirRejection = (...rejections: readonly Rejected[]): HttpResponse =>
  fhirResponse(422, operationOutcome(...rejectionIssues(rejections)));

const issueCodes: Readonly<Record<number, OutcomeIssue['code']>> = {
  400: 'structure',
  404: 'not-found',
  405: 'not-supported',
  413: 'too-long',
  415: 'not-supported',
  503: 'transient',
};

/** Renders errors as an OperationOutcome under `/fhir`, else as problem+json. */
export const renderError: RenderError = (event, status, detail) =>
  /^\/fhir(\/|$)/.test(event.rawPath)
    ? fhirResponse(
        status,
        operationOutcome({ severity: 'error', code: issueCodes[status] ?? 'exception', diagnostics: detail }),
      )
    : problemResponse(status, detail);
