import * as z from 'zod';
import { isZone } from '../../domain/calendar.ts';
import { locales } from '../../domain/locale.ts';

/** Variables that more than one function reads. A function's own schema picks from these. */
export const variables = {
  CARE_TABLE: z.string().min(3),
  OUTCOMES_TABLE: z.string().min(3),
  /** Where patients live of whom the source does not say it. */
  DEFAULT_ZONE: z.string().refine(isZone, 'must be an IANA time zone such as America/New_York'),
  DEFAULT_LOCALE: z.enum(locales),
  /** The public address of the pages, without a slash at the end. */
  BASE_URL: z.url({ protocol: /^https?$/ }).refine((url) => !url.endsWith('/'), 'must not end with a slash'),
  CLINIC_NAME: z.string().min(1),
  CLINIC_PHONE: z.string().min(1),
  /** Shown as the sender in the inbox; names no treatment. */
  CLINIC_SENDER_NAME: z.string().min(1),
  CLINIC_REPLY_TO: z.email(),
  MAIL_FROM: z.email(),
  /** The SES configuration set; empty where there is none. */
  CONFIGURATION_SET: z.string(),
  /** `true` where the patients are made up: everything that shows figures then says so. */
  SYNTHETIC: z.enum(['true', 'false']),
  /** What the CDN says to whom it fetches from, newest first, with commas between; unset where there is no CDN. */
  ORIGIN_SECRETS: z.string().min(32).optional(),
} as const;

/** The process's variables, or any other record of texts. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Takes a schema and the variables, gives them parsed. Throws one line that names each variable that is
 * missing or wrong, and says no value.
 */
export const readEnvironment = <Schema extends z.ZodType>(
  schema: Schema,
  environment: Environment,
): z.infer<Schema> => {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`Environment: ${problems.join('; ')}`);
};
