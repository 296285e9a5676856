import * as z from 'zod/mini';
import type { SendOutcome } from '../ports.ts';

type Failure = Exclude<SendOutcome, { outcome: 'accepted' }>;

type Refusal = Extract<Failure, { outcome: 'refused' }>['scope'];

/** What an error of the SES client says about itself, whatever its class. */
const sesError = z.object({
  name: z.catch(z.string(), 'Error'),
  message: z.catch(z.string(), ''),
  code: z.catch(z.optional(z.string()), undefined),
  syscall: z.catch(z.optional(z.string()), undefined),
  $metadata: z.catch(z.optional(z.object({ httpStatusCode: z.optional(z.number()) })), undefined),
});

type SesError = z.infer<typeof sesError>;

/** Error names and network codes that say for certain that SES did not take the email, and how far that goes. */
const refusals: Readonly<Record<string, Refusal>> = {
  MessageRejected: 'this-email',
  AccountSendingPausedException: 'all-until-fixed',
  ConfigurationSetSendingPausedException: 'all-until-fixed',
  ConfigurationSetDoesNotExistException: 'all-until-fixed',
  ConfigurationSetDoesNotExist: 'all-until-fixed',
  MailFromDomainNotVerifiedException: 'all-until-fixed',
  CredentialsProviderError: 'all-until-fixed',
  AccessDenied: 'all-until-fixed',
  AccessDeniedException: 'all-until-fixed',
  InvalidClientTokenId: 'all-until-fixed',
  SignatureDoesNotMatch: 'all-until-fixed',
  ExpiredToken: 'all-until-fixed',
  ExpiredTokenException: 'all-until-fixed',
  UnrecognizedClientException: 'all-until-fixed',
  IncompleteSignature: 'all-until-fixed',
  RequestExpired: 'all-until-fixed',
  ECONNREFUSED: 'all-for-now',
  ENOTFOUND: 'all-for-now',
  EAI_AGAIN: 'all-for-now',
  EHOSTUNREACH: 'all-for-now',
  ENETUNREACH: 'all-for-now',
};

const throttles: ReadonlySet<string> = new Set(['Throttling', 'ThrottlingException']);

/** How the SDK words a connection that was not made in time; a time-out after that is another matter. */
const notConnected = /did not establish a connection/i;

/** What an HTTP status alone says: who may not send at all may not send the next email either. */
const scopeOfStatus = (status: number): Refusal | undefined => {
  if (status === 401 || status === 403) return 'all-until-fixed';
  if (status === 429) return 'all-for-now';
  return status >= 400 && status < 500 ? 'this-email' : undefined;
};

const scopeOf = ({ name, message, code, syscall, $metadata }: SesError): Refusal | undefined => {
  if (throttles.has(name)) return /daily/i.test(message) ? 'all-today' : 'all-for-now';
  const known = refusals[name] ?? (code === undefined ? undefined : refusals[code]);
  if (known !== undefined) return known;
  if (syscall === 'connect' || notConnected.test(message)) return 'all-for-now';
  return scopeOfStatus($metadata?.httpStatusCode ?? 0);
};

/**
 * Takes whatever the SES client threw for a send, says what it means. A throttle, a pause or a host that was
 * never reached is a refusal; a time-out, a reset connection or a server error may hide an email that went, and
 * is ambiguous. Names: SES v1 API errors; the throttle is not modelled by the SDK and is told by its message
 * ("Maximum sending rate exceeded", "Daily message quota exceeded").
 */
export const failureOf = (error: unknown): Failure => {
  const parsed = sesError.safeParse(error);
  if (!parsed.success) return { outcome: 'ambiguous', reason: 'unknown' };
  const scope = scopeOf(parsed.data);
  const reason = parsed.data.code ?? parsed.data.name;
  return scope === undefined ? { outcome: 'ambiguous', reason } : { outcome: 'refused', scope, reason };
};
