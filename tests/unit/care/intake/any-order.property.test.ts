import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProcedureReport } from '../../../../shared/care/intake/procedure-report.ts';
import { sourceId, sourceTimeOf } from '../../../../shared/care/patient/ids.ts';
import type { PatientRecord } from '../../../../shared/care/patient/patient.ts';
import { stopOf } from '../../../../shared/care/patient/stop-facts.ts';
import { zoneId } from '../../../../shared/platform/calendar.ts';
import { familyIds } from '../../../../shared/protocol/families.ts';
import { aReport, aRetraction, codeFor, thePatient } from '../../../support/samples/builders.ts';
import { recordAfter } from '../../../support/samples/reported-records.ts';

/** A report without its time: that comes from its place in the list. */
const draft = fc.record({
  source: fc.constantFrom('s-1', 's-2', 's-3').map(sourceId),
  kind: fc.constantFrom('completed', 'completed', 'completed', 'retracted'),
  on: fc.constantFrom('2026-03-02', '2026-03-03', '2026-03-09'),
  families: fc.subarray([...familyIds], { maxLength: 2 }),
  email: fc.constantFrom(undefined, 'maria@example.com', 'maria@new.example'),
  zone: fc.constantFrom(undefined, zoneId('America/New_York'), zoneId('America/Los_Angeles')),
});

const timed = (
  drafts: readonly (typeof draft extends fc.Arbitrary<infer T> ? T : never)[],
): ProcedureReport[] =>
  drafts.map(({ source, kind, on, families, email, zone }, index) => {
    const said = {
      sourceId: source,
      eventId: `e-${index}`,
      reportedAt: sourceTimeOf(`2026-03-10T12:00:${String(index).padStart(2, '0')}Z`),
    };
    return kind === 'retracted'
      ? aRetraction(said)
      : aReport({
          ...said,
          performed: { kind: 'date', on },
          codes:
            families.length === 0 ? [{ system: 'CPT', code: '99213', modifiers: [] }] : families.map(codeFor),
          patient: {
            patientId: thePatient,
            ...(email === undefined ? {} : { email }),
            ...(zone === undefined ? {} : { zone }),
          },
        });
  });

/** What the reports come to; an episode that was cancelled counts for nothing, as if it had never been. */
const outcome = ({ profile, episodes }: PatientRecord) => ({
  ...(profile === undefined
    ? {}
    : { email: profile.email, zone: profile.zone, stop: stopOf(profile)?.kind, asOf: profile.asOf }),
  episodes: episodes
    .filter(({ status }) => status !== 'cancelled')
    .map(({ family, serviceDate, status, sources, zone, nextDueAt }) => ({
      episode: `${serviceDate} ${family}`,
      status,
      due: status === 'active' ? { zone, nextDueAt } : undefined,
      sources: sources.toSorted(),
    }))
    .toSorted((a, b) => a.episode.localeCompare(b.episode)),
});

describe('what several reports come to', () => {
  it('does not depend on the order in which they arrive, nor on how often', () => {
    let enrolled = 0;
    const plan = fc
      .array(draft, { minLength: 1, maxLength: 7 })
      .map(timed)
      .chain((reports) =>
        fc.record({
          reports: fc.constant(reports),
          arrivals: fc
            .array(fc.nat(reports.length - 1), { maxLength: 6 })
            .chain((extra) =>
              fc.shuffledSubarray([...reports.keys(), ...extra.map((index) => index + reports.length * 10)], {
                minLength: reports.length + extra.length,
              }),
            )
            .map((indexes) => indexes.map((index) => index % (reports.length * 10))),
        }),
      );
    fc.assert(
      fc.property(plan, ({ reports, arrivals }) => {
        const arrived = arrivals.flatMap((index) => reports[index] ?? []);
        const expected = outcome(recordAfter(reports));
        expect(outcome(recordAfter(arrived))).toEqual(expected);
        enrolled += expected.episodes.length;
      }),
      { numRuns: 400 },
    );
    expect(enrolled).toBeGreaterThan(100);
  });
});
