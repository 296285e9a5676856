import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { isZone } from '../../../shared/platform/calendar.ts';
import { localeFrom } from '../../../shared/platform/locale.ts';
import { localDate } from '../../../shared/platform/time.ts';
import type { ClockMove, CompletedProcedure } from './console-data.ts';
import type { FormValues } from './overview.tsx';

/** Takes a posted form, gives its fields; the last of several with one name. */
export const formOf = (event: APIGatewayProxyEventV2): FormValues =>
  Object.fromEntries(
    new URLSearchParams(Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8').toString()),
  );

const optionalText = z
  .string()
  .trim()
  .transform((text) => (text === '' ? undefined : text))
  .optional();

const procedureForm = z.object({
  patientId: z
    .string()
    .trim()
    .min(1, 'Give a patient id.')
    .max(64, 'A patient id has at most 64 characters.')
    .brand<'PatientId'>(),
  email: optionalText.pipe(z.email('The email address is not one.').optional()),
  givenName: optionalText,
  procedure: z.string().min(1, 'Choose a procedure.'),
  serviceDate: z.iso.date('Give the date as YYYY-MM-DD.').transform(localDate),
  zone: z.string().refine(isZone, 'That time zone is not known.').brand<'ZoneId'>(),
  locale: z.string().transform((tag) => localeFrom(tag) ?? 'en'),
});

/** Takes the fields of the procedure form, gives the procedure or what is wrong with it. */
export const readProcedure = (
  values: FormValues,
):
  | { readonly outcome: 'read'; readonly procedure: CompletedProcedure }
  | { readonly outcome: 'wrong'; readonly problems: readonly string[] } => {
  const parsed = procedureForm.safeParse(values);
  if (!parsed.success)
    return { outcome: 'wrong', problems: parsed.error.issues.map(({ message }) => message) };
  const { email, givenName, ...rest } = parsed.data;
  return {
    outcome: 'read',
    procedure: {
      ...rest,
      ...(email !== undefined && { email }),
      ...(givenName !== undefined && { givenName }),
    },
  };
};

const days = { day: 1, week: 7, month: 30 } as const;

const clockForm = z.discriminatedUnion('move', [
  z.object({ move: z.enum(['day', 'week', 'month']) }),
  z.object({ move: z.literal('next-due') }),
  z.object({ move: z.literal('date'), date: z.iso.date().transform(localDate) }),
]);

/** Takes the fields of a clock form, gives the move, or undefined when it is none. */
export const readMove = (values: FormValues): ClockMove | undefined => {
  const parsed = clockForm.safeParse(values);
  if (!parsed.success) return undefined;
  switch (parsed.data.move) {
    case 'next-due':
      return { move: 'to-next-due' };
    case 'date':
      return { move: 'to-date', date: parsed.data.date };
    default:
      return { move: 'by', days: days[parsed.data.move] };
  }
};
