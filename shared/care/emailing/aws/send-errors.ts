import * as z from 'zod/mini';
import type { SendOutcome } from '../ports.ts';

type Failure = Exclude<SendOutcome, { outcome: 'accepted' }>;

type Refusal = Extract<Failure, { outcome: 'refused' }>['scope'];

/** The fields of an SES client error that are read, whatever its class. */
const sesError = z.object({
  name: z.catch(z.string(), 'Error'),
  message: z.catch(z.string(), ''),
  code: z.catch(z.optional(z.string()), undefined),
  syscall: z.catch(z.optional(z.string()), undefined),
  $metadata: z.catch(z.optional(z.object({ httpStatusCode: z.optional(z.number()) })), undefined),
});

type SesError = z.infer<typeof sesError>;

/**
 * Error names and network codes for which SES certainly did not take the email, and how far the refusal reaches.
 */
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

/** The SDK's message for a connection that was not made in time; a time-out after connecting is ambiguous. */
const notConnected = /did not establish a connection/i;

/**
 * The scope of a refusal known by its HTTP status only: a caller that may not send at all may not send the next
 * email.
 */
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
 * Classifies an error of an SES send. A throttle, a pause or a host that was never reached is a refusal; a
 * time-out, a reset connection or a server error may hide an email that went, and is ambiguous. Names are those of
 * SES v1 API errors; the SDK does not model the throttle, so its message identifies it ("Maximum sending rate
 * exceeded", "Daily message quota exceeded").
 */
export const failureOf = (error: unknown): Failure => {
  const parsed = sesError.safeParse(error);
  if (!parsed.success) return { outcome: 'ambiguous', reason: 'unknown' };
  const scope = scopeOf(parsed.data);
  const reason = parsed.data.code ?? parsed.data.name;
  return scope === undefined ? { outcome: 'ambiguous', reason } : { outcome: 'refused', scope, reason };
};
