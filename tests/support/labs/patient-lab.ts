import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { localTables } from '../../../infra/laptop/emulation/functions/laptop-functions.ts';
import { type Laptop, startLaptop } from '../../../infra/laptop/laptop.ts';
import { patientId } from '../../../shared/care/patient/ids.ts';
import type { PatientRecord } from '../../../shared/care/patient/patient.ts';
import type { Locale } from '../../../shared/platform/locale.ts';

/** A patient who was emailed a survey. */
export type InvitedPatient = {
  readonly id: string;
  readonly subject: string;
  readonly html: string;
  readonly links: { readonly survey: string; readonly unsubscribe: string; readonly help: string };
};

/** The whole system with patients who were emailed a survey. Email, pages and store are real. */
export type PatientLab = {
  readonly laptop: Laptop;
  readonly invited: (id: string) => InvitedPatient;
  readonly record: (id: string) => Promise<PatientRecord>;
  /** Every item of the care table, sorted: two results are equal exactly when nothing changed between them. */
  readonly everything: () => Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Advances the clock by a minute, the time to read a page: faster answers must be confirmed. */
  readonly read: () => void;
  readonly stop: () => Promise<void>;
};

const addressOf = (id: string): string => `success+${id}@simulator.amazonses.com`;

const enroll = async (laptop: Laptop, id: string, locale: Locale): Promise<void> => {
  await laptop.bus.put({
    source: 'clinic.ehr',
    'detail-type': 'Procedure Completed',
    detail: {
      version: 1,
      eventId: `e-${id}`,
      reportedAt: '2026-03-02T20:00:00Z',
      patient: { id, email: addressOf(id), givenName: 'Maria', locale, timeZone: 'America/New_York' },
      procedure: {
        id: `s-${id}`,
        codes: [{ system: 'LOCAL', code: 'epidural-steroid-injection' }],
        performedAt: '2026-03-02',
      },
      baseline: { nrsPain: 8 },
    },
  });
};

const openEmail = async (laptop: Laptop, id: string): Promise<InvitedPatient> => {
  const [newest] = laptop.email.inbox.list({ to: addressOf(id), limit: 1 });
  const email = newest === undefined ? undefined : await laptop.email.inbox.open(newest.messageId);
  const link = (page: string): string => email?.links.find((href) => href.includes(`/${page}/`)) ?? '';
  const links = { survey: link('s'), unsubscribe: link('u'), help: link('h') };
  if (email?.html === undefined || links.survey === '') throw new Error(`No survey was emailed to ${id}.`);
  return { id, subject: email.subject, html: email.html, links };
};

/** Starts the system two weeks after the patients' procedures. */
export const startPatientLab = async (
  folder: string,
  patients: readonly (readonly [string, Locale])[],
): Promise<PatientLab> => {
  const laptop = await startLaptop({
    folder,
    port: 0,
    clockMode: 'frozen',
    startAt: '2026-03-02T20:30:00Z',
  });
  for (const [id, locale] of patients) await enroll(laptop, id, locale);
  await laptop.rules.moveTo('2026-03-16T15:00:00Z');
  const emails = new Map<string, InvitedPatient>();
  for (const [id] of patients) emails.set(id, await openEmail(laptop, id));
  return {
    laptop,
    invited: (id) => {
      const email = emails.get(id);
      if (email === undefined) throw new Error(`There is no patient ${id}.`);
      return email;
    },
    record: (id) => laptop.store.load(patientId(id)),
    everything: async () => {
      await laptop.pump.drain();
      const { Items = [] } = await laptop.documents.send(
        new ScanCommand({ TableName: localTables.care, ConsistentRead: true }),
      );
      return Items.toSorted((a, b) => (`${a['pk']} ${a['sk']}` < `${b['pk']} ${b['sk']}` ? -1 : 1));
    },
    read: () => laptop.clock.advance(60_000),
    stop: laptop.stop,
  };
};
