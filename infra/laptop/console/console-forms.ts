import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { isZone } from '../../../shared/platform/calendar.ts';
import { localeFrom } from '../../../shared/platform/locale.ts';
import { localDate } from '../../../shared/platform/time.ts';
import type { ClockMove, CompletedProcedure } from './console-data.ts';
import type { FormValues } from './procedure-form.tsx';

/** Returns the fields of a posted form. When a name repeats, the last one wins. */
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
    .min(1, 'Enter a patient id.')
    .max(64, 'A patient id has at most 64 characters.')
    .brand<'PatientId'>(),
  email: optionalText.pipe(z.email('Enter a valid email address.').optional()),
  givenName: optionalText,
  procedure: z.string().min(1, 'Choose a procedure.'),
  serviceDate: z.iso.date('Enter the date as YYYY-MM-DD.').transform(localDate),
  zone: z.string().refine(isZone, 'Choose a known time zone.').brand<'ZoneId'>(),
  locale: z.string().transform((tag) => localeFrom(tag) ?? 'en'),
});

/** Parses the procedure form. The problems are sentences for the page. */
export const readProcedure = (
  values: FormValues,
):
  | { readonly outcome: 'read'; readonly procedure: CompletedProcedure }
  | { readonly outcome: 'invalid'; readonly problems: readonly string[] } => {
  const parsed = procedureForm.safeParse(values);
  if (!parsed.success)
    return { outcome: 'invalid', problems: parsed.error.issues.map(({ message }) => message) };
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

/** The clock bar's buttons, by their value. */
const moveButtons: ReadonlyMap<string, ClockMove> = new Map([
  ['day', { kind: 'by-days', days: 1 }],
  ['week', { kind: 'by-days', days: 7 }],
  ['month', { kind: 'by-days', days: 30 }],
  ['next-due', { kind: 'to-next-due' }],
]);

const dateForm = z.object({ move: z.literal('date'), date: z.iso.date().transform(localDate) });

/** Parses either form of the clock bar; undefined when the move is unknown or the date invalid. */
export const readMove = (values: FormValues): ClockMove | undefined => {
  const { data } = dateForm.safeParse(values);
  return data === undefined ? moveButtons.get(values['move'] ?? '') : { kind: 'to-date', date: data.date };
};
