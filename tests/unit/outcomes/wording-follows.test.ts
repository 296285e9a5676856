import { describe, expect, it } from 'vitest';
import { answersKey, sampleAnswers } from '../../../infra/local/sample-year/answers.ts';
import { type SamplePatient, samplePatients } from '../../../infra/local/sample-year/patients.ts';
import { sampleTargets, withFacetImproved } from '../../../infra/local/sample-year/targets.ts';
import { recount } from '../../../shared/application/check-drift.ts';
import { claimDefinitions } from '../../../shared/domain/claim-definitions.ts';
import type { PatientRecord } from '../../../shared/domain/patient.ts';
import { assembleRelease } from '../../../shared/domain/release.ts';
import { anEpisode, aRecord, aResponse } from '../../support/builders.ts';

const patients = 500;
const seed = 1;

/** A made-up patient's record at the end of the year, without the mails on the way. */
const recordOf = (
  { patientId, reachability, optsOutAfterMail, procedures }: SamplePatient,
  answers: ReturnType<typeof sampleAnswers>,
): PatientRecord =>
  aRecord({
    patientId,
    episodes: procedures.map(({ family, serviceDate }) => anEpisode({ patientId, family, serviceDate })),
    responses: procedures.flatMap(({ sourceId, family, serviceDate }) => {
      const given = answers.get(answersKey(sourceId, '3m'));
      const isAsked = reachability === 'reachable' && optsOutAfterMail === undefined;
      if (given === undefined || !isAsked) return [];
      return [aResponse({ patientId, family, serviceDate, timepoint: '3m', answers: given })];
    }),
  });

/** From targets to the sentence: answers, records, counts, release. */
const published = async (targets = sampleTargets) => {
  const people = samplePatients(patients, targets, seed);
  const answers = sampleAnswers(people, targets, seed);
  const { cells } = await recount({
    patients: async function* () {
      for (const patient of people) yield recordOf(patient, answers);
    },
  });
  const { release } = assembleRelease({
    definitions: claimDefinitions,
    cells: Map.groupBy(cells, ({ scope }) => scope),
    history: [],
    today: '2026-05-05',
    synthetic: true,
  });
  return new Map(
    release.public.claims.map((claim) => [claim.id, claim.status === 'withheld' ? '' : claim.sentence.en]),
  );
};

describe('the wording follows from the answers', () => {
  it("of the sample year, which are those of the clinic's lines", async () => {
    const sentences = await published();
    expect(sentences.get('facet-improved')).toMatch(/^Over 90% of our facet joint injection patients/);
    expect(sentences.get('facet-over-half')).toMatch(/^Over 75% .* of more than 50%\.$/);
  });

  it.each([88, 83, 70])('with fewer improved, it says over %i percent', async (percent) => {
    const [usual, fewer] = [await published(), await published(withFacetImproved(sampleTargets, percent))];
    expect(fewer.get('facet-improved')).toBe(
      `Over ${percent}% of our facet joint injection patients report improvement in their condition.`,
    );
    for (const id of ['epidural-improved', 'epidural-over-half', 'mild-improved']) {
      expect(fewer.get(id)).toBe(usual.get(id));
    }
  });

  it('and where nearly all improve, nothing is said, for those who did not are few', async () => {
    const sentences = await published(withFacetImproved(sampleTargets, 97));
    expect(sentences.get('facet-improved')).toBe('');
  });
});
