import * as z from 'zod/mini';
import { isZone } from './calendar.ts';
import { locales } from './locale.ts';

const notEmpty = 'must not be empty';

/** Variables that more than one function reads. Each function's own schema picks from these. */
export const variables = {
  CARE_TABLE: z.string().check(z.minLength(3, 'must have 3 characters or more')),
  OUTCOMES_TABLE: z.string().check(z.minLength(3, 'must have 3 characters or more')),
  /** Time zone for patients whose source does not give one. */
  DEFAULT_ZONE: z
    .string()
    .check(z.refine(isZone, 'must be an IANA time zone such as America/New_York'))
    .brand<'ZoneId'>(),
  DEFAULT_LOCALE: z.enum(locales, `must be one of ${locales.join(', ')}`),
  /** Identifier systems and FHIR servers whose values are the clinic's own patient ids, comma-separated; may be empty. */
  PATIENT_SYSTEMS: z.string(),
  /** The public address of the pages, without a trailing slash. */
  BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .check(z.refine((url) => !url.endsWith('/'), 'must not end with a slash')),
  CLINIC_NAME: z.string().check(z.minLength(1, notEmpty)),
  CLINIC_PHONE: z.string().check(z.minLength(1, notEmpty)),
  /** Shown as the sender in the inbox; names no treatment. */
  CLINIC_SENDER_NAME: z.string().check(z.minLength(1, notEmpty)),
  CLINIC_REPLY_TO: z.email('must be an email address'),
  EMAIL_FROM: z.email('must be an email address'),
  /** The SES configuration set; empty where there is none. */
  CONFIGURATION_SET: z.string(),
  /** `true` where the patients are made up: everything that shows figures says so. */
  SYNTHETIC: z.enum(['true', 'false'], 'must be true or false'),
  /** Version and commit of the code: 0.2.0+f4435111c1e0. */
  CODE_VERSION: z
    .string()
    .check(z.regex(/^\d+\.\d+\.\d+\+[\w.-]+$/, 'must be a version and a commit such as 0.2.0+f4435111c1e0')),
  /** The secrets that the CDN sends, newest first, comma-separated; unset where there is no CDN. */
  ORIGIN_SECRETS: z.optional(z.string().check(z.minLength(32, 'must have 32 characters or more'))),
} as const;

/** The process's variables, or any other record of texts. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Returns one line that names each missing or invalid variable, and no value. */
export const problemsOf = ({ issues }: z.core.$ZodError, environment: Environment): string =>
  issues
    .map(({ path, message }) => {
      const name = path.join('.');
      return `${name} ${environment[name] === undefined ? 'is missing' : message}`;
    })
    .join('; ');

/** Parses the variables by a schema. Throws an error that names each missing or invalid variable, and no value. */
export const readEnvironment = <Schema extends z.core.$ZodType>(
  schema: Schema,
  environment: Environment,
): z.infer<Schema> => {
  const parsed = z.safeParse(schema, environment);
  if (parsed.success) return parsed.data;
  throw new Error(`Environment: ${problemsOf(parsed.error, environment)}`);
};
