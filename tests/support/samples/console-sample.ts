import { join } from 'node:path';
import type {
  ClockMove,
  CompletedProcedure,
  ConsoleActions,
  ConsoleData,
} from '../../../infra/laptop/console/console-data.ts';
import { consoleRoutes } from '../../../infra/laptop/console/console-routes.ts';
import { detailOf, summaryOf } from '../../../infra/laptop/console/timeline.ts';
import { startHttpBridge } from '../../../infra/laptop/emulation/http/http-bridge.ts';
import { openInbox } from '../../../infra/laptop/emulation/ses/inbox.ts';
import { openJournal } from '../../../infra/laptop/emulation/ses/journal.ts';
import { patientId, sourceId, sourceTimeOf } from '../../../shared/care/patient/ids.ts';
import type { PatientRecord } from '../../../shared/care/patient/patient.ts';
import { zoneId } from '../../../shared/platform/calendar.ts';
import { episodeIdFor } from './builders.ts';

/** A patient in mid-plan: one survey answered and revised, one lapsed after its reminders, one emailed. */
export const samplePatient: PatientRecord = {
  patientId: patientId('P-204811'),
  profile: {
    patientId: patientId('P-204811'),
    revision: 1,
    email: 'pat@example.com',
    locale: 'en',
    zone: zoneId('America/New_York'),
    asOf: { email: sourceTimeOf('2026-03-02T15:00:00Z') },
  },
  episodes: [
    {
      patientId: patientId('P-204811'),
      episodeId: episodeIdFor('epidural-steroid-injection', '2026-03-02'),
      family: 'epidural-steroid-injection',
      serviceDate: '2026-03-02',
      revision: 6,
      status: 'active',
      zone: zoneId('America/New_York'),
      planVersion: 1,
      enrolledAt: '2026-03-02T15:00:00Z',
      sources: [sourceId('S1')],
      nextDueAt: '2026-06-09T14:00:00Z',
      touchpoints: {
        instructions: { status: 'emailed', emails: 1, lastEmailOn: '2026-03-02', delivered: true },
        '2w': { status: 'answered', emails: 1, lastEmailOn: '2026-03-16', delivered: true },
        visit: { status: 'skipped', emails: 0 },
        '1m': { status: 'lapsed', emails: 3, lastEmailOn: '2026-04-13', delivered: true },
        '3m': { status: 'emailed', emails: 1, lastEmailOn: '2026-06-02' },
      },
    },
  ],
  responses: [
    {
      patientId: patientId('P-204811'),
      episodeId: episodeIdFor('epidural-steroid-injection', '2026-03-02'),
      timepoint: '2w',
      revision: 2,
      answers: { condition: 'better', improvementPercent: 60 },
      answeredAt: '2026-03-17T16:20:00Z',
      revisedAt: '2026-03-18T16:20:00Z',
      inWindow: true,
      assisted: false,
      quality: 'trusted',
      locale: 'en',
    },
  ],
  sources: [],
};

const rawEmail = (subject: string): Buffer =>
  Buffer.from(
    [
      'From: The clinic <care@clinic.example>',
      'To: pat@example.com',
      `Subject: ${subject}`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/alternative; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Two minutes, please: https://clinic.example/s/abc',
      '--b',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p style="font:1rem sans-serif">Two minutes, please: <a href="https://clinic.example/s/abc">open</a></p><script>document.title="run"</script>',
      '--b--',
      '',
    ].join('\r\n'),
  );

/** Starts the console on a free port with a sample patient and 60 emails; records the actions it calls. */
export const startConsoleSample = async (folder: string) => {
  const journal = openJournal(join(folder, 'email'));
  for (let index = 1; index <= 60; index += 1) {
    journal.add(
      {
        messageId: `m-${index}`,
        sendId: `s-${index}`,
        destination: [index % 2 === 0 ? 'pat@example.com' : 'kim@example.com'],
        source: 'care@clinic.example',
        tags: {},
        subject: `=?UTF-8?Q?C=C3=B3mo_est=C3=A1_n=C3=BAmero_${index}?=`,
        at: '2026-06-02T14:00:00Z',
      },
      rawEmail(`email ${index}`),
    );
  }
  const [episode] = samplePatient.episodes;
  if (episode === undefined) throw new Error('The sample patient needs an episode.');
  const completed: CompletedProcedure[] = [];
  const moves: ClockMove[] = [];
  const published: string[] = [];
  const data: ConsoleData = {
    clock: async () => ({ now: '2026-06-03T12:00:00Z', mode: 'ticking', nextDueAt: '2026-06-09T14:00:00Z' }),
    pause: async () => ({ since: '2026-06-03T11:00:00Z', reach: 'email' }),
    procedures: [
      { value: 'epidural-steroid-injection', label: 'Epidural steroid injection' },
      { value: 'mild', label: 'mild® decompression' },
    ],
    episodes: async () => ({ total: 31, newest: [summaryOf(samplePatient, episode)] }),
    episode: async ({ patientId }) =>
      patientId === samplePatient.patientId ? detailOf(samplePatient, episode) : undefined,
    inbox: openInbox(journal),
    sentences: async () => ['Over 83% of our epidural steroid injection patients report improvement.'],
    deadLetters: async () => 0,
  };
  const actions: ConsoleActions = {
    completeProcedure: async (procedure) => {
      completed.push(procedure);
      return procedure.patientId === 'refused'
        ? { outcome: 'refused', problems: ['The bus refused it.'] }
        : {
            outcome: 'enrolled',
            episode: {
              patientId: procedure.patientId,
              episodeId: episodeIdFor('mild', procedure.serviceDate),
            },
          };
    },
    moveClock: async (move) => {
      moves.push(move);
      return { senderRuns: 3 };
    },
    publish: async () => {
      published.push('now');
    },
  };
  const bridge = await startHttpBridge({ port: 0, routes: consoleRoutes(data, actions) });
  return {
    origin: bridge.origin,
    completed,
    moves,
    published,
    stop: async () => {
      await bridge.stop();
      journal.close();
    },
  };
};
