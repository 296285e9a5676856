import type { HashedId } from './hashed-id.ts';

type ValueOfKind = { readonly text: string; readonly number: number; readonly hash: HashedId };

/** The type of a field; `?` marks one that may be absent. */
type FieldKind = keyof ValueOfKind | `${keyof ValueOfKind}?`;

type LogEvent = {
  readonly level: 'INFO' | 'WARN' | 'ERROR';
  readonly meaning: string;
  readonly fields: Readonly<Record<string, FieldKind>>;
};

/** The fields that describe an error: its name, its stack frames and the paths of a failed parse, never its message. */
const error = { error: 'text', stack: 'text', paths: 'text?' } as const;

/** Whom an event is about, where one invocation is about several. */
const subject = { patient: 'hash', episode: 'hash' } as const;

/** Fields that any line may carry besides its own, because the runtime adds them. */
export const commonFields = {
  service: 'The function.',
  version: 'The version of the Lambda function.',
  commit: 'The commit that was deployed, where the deployment names it.',
  requestId: 'The invocation, as in the lines that Lambda itself writes.',
  route: 'The template of the route, such as `POST /s/{token}`; never the path.',
  patient: 'The hash of the patient, as in the audit trail.',
  episode: 'The hash of the episode.',
} as const;

export type CommonFields = Readonly<Partial<Record<keyof typeof commonFields, string>>>;

/**
 * Every event that a function may log. `ports.ts` derives the type of the log from it: a code that is not listed here,
 * at another level or with other fields does not compile. Only types are taken from this table into the bundles.
 */
export const logEvents = {
  'invocation.failed': {
    level: 'ERROR',
    meaning: 'The handler threw: Lambda retries the event or hands it to a dead-letter queue.',
    fields: { ...error, reason: 'text?' },
  },
  'http.unexpected-error': {
    level: 'ERROR',
    meaning: 'A request was answered with 500.',
    fields: error,
  },
  'http.busy': {
    level: 'WARN',
    meaning:
      'A request was answered with 503: other writers of the same record or a throttle were in the way.',
    fields: error,
  },
  'receive.entries-rejected': {
    level: 'WARN',
    meaning: 'Entries of a FHIR Bundle do not follow the schema; the response says where.',
    fields: { count: 'number', of: 'number' },
  },
  'event.accepted': {
    level: 'INFO',
    meaning: 'An event from the bus was applied; `notes` names what in it is not used.',
    fields: { kind: 'text', outcome: 'text', notes: 'text?' },
  },
  'email.event': {
    level: 'INFO',
    meaning: 'An SES event about an email was recorded.',
    fields: { kind: 'text', outcome: 'text' },
  },
  'email.not-sent': {
    level: 'WARN',
    meaning: 'SES refused an email, or did not answer.',
    fields: { ...subject, outcome: 'text', reason: 'text' },
  },
  'episode.not-handled': {
    level: 'ERROR',
    meaning: 'The sender failed on one episode. It stays due; the others were handled.',
    fields: { ...subject, ...error },
  },
  'sweep.done': {
    level: 'INFO',
    meaning: 'A sweep of the due index has ended.',
    fields: {
      sent: 'number',
      putOff: 'number',
      stopped: 'number',
      failed: 'number',
      ambiguous: 'number',
      broken: 'number',
      endedBy: 'text?',
    },
  },
  'count.failed': {
    level: 'WARN',
    meaning: 'Several patients could not be counted together; each is counted alone.',
    fields: { patients: 'number', ...error },
  },
  'patient.not-counted': {
    level: 'ERROR',
    meaning: 'One patient could not be counted.',
    fields: { patient: 'hash', ...error },
  },
  'count.not-done': {
    level: 'ERROR',
    meaning: 'A batch of the stream comes again, from the first patient that could not be counted.',
    fields: { patients: 'number' },
  },
  'drift.found': {
    level: 'ERROR',
    meaning: 'A recount differs from the counters.',
    fields: { patients: 'number', uncounted: 'number', cells: 'number' },
  },
  'drift.none': {
    level: 'INFO',
    meaning: 'A recount equals the counters.',
    fields: { patients: 'number', uncounted: 'number', cells: 'number' },
  },
  'release.published': {
    level: 'INFO',
    meaning: 'A release was published.',
    fields: { number: 'number' },
  },
  'release.proposed': {
    level: 'INFO',
    meaning: 'A new candidate waits for approval.',
    fields: { number: 'number', digest: 'text' },
  },
  'release.waits': {
    level: 'INFO',
    meaning: 'The candidate that waits for approval would be the same today.',
    fields: { number: 'number', digest: 'text' },
  },
  'release.none': {
    level: 'INFO',
    meaning: 'No claim has anything new to say: the latest release stays.',
    fields: { outcome: 'text' },
  },
  'release.not-intact': {
    level: 'ERROR',
    meaning: 'A stored release does not verify and is not served.',
    fields: { reason: 'text', release: 'number' },
  },
  'staff.not-told': {
    level: 'ERROR',
    meaning: 'SES did not take the email to staff; the batch of notices is retried.',
    fields: { outcome: 'text', notices: 'number', reason: 'text' },
  },
} as const satisfies Readonly<Record<string, LogEvent>>;

export type LogCode = keyof typeof logEvents;

/** The codes of one level. */
export type LogCodeAt<Level extends LogEvent['level']> = {
  [Code in LogCode]: (typeof logEvents)[Code]['level'] extends Level ? Code : never;
}[LogCode];

type FieldsOf<Code extends LogCode> = (typeof logEvents)[Code]['fields'];

type OptionalName<Fields> = {
  [Name in keyof Fields]: Fields[Name] extends `${string}?` ? Name : never;
}[keyof Fields];

type ValueOf<Kind> = Kind extends keyof ValueOfKind
  ? ValueOfKind[Kind]
  : Kind extends `${infer Required extends keyof ValueOfKind}?`
    ? ValueOfKind[Required]
    : never;

/** The fields that an event must and may be logged with. */
export type LogFieldsOf<Code extends LogCode> = {
  readonly [Name in Exclude<keyof FieldsOf<Code>, OptionalName<FieldsOf<Code>>>]: ValueOf<
    FieldsOf<Code>[Name]
  >;
} & {
  readonly [Name in OptionalName<FieldsOf<Code>>]?: ValueOf<FieldsOf<Code>[Name]>;
};
