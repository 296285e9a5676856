import { describe, expect, it } from 'vitest';
import { answersKey, sampleAnswers } from '../../../../../infra/laptop/sample-year/answers.ts';
import { type SamplePatient, samplePatients } from '../../../../../infra/laptop/sample-year/patients.ts';
import { sampleTargets, withFacetImproved } from '../../../../../infra/laptop/sample-year/targets.ts';
import type { PatientRecord } from '../../../../../shared/care/patient/patient.ts';
import { recount } from '../../../../../shared/counting/check-drift.ts';
import { claimDefinitions } from '../../../../../shared/outcomes/claims/claim-definitions.ts';
import { figuresOf } from '../../../../../shared/outcomes/claims/figures.ts';
import { certificateOf } from '../../../../../shared/outcomes/release/certificates.ts';
import { assembleRelease } from '../../../../../shared/outcomes/release/release.ts';
import { sentenceOf } from '../../../../../shared/outcomes/release/release-claims.ts';
import type { Release } from '../../../../../shared/outcomes/release/release-schema.ts';
import { anEpisode, aRecord, aResponse } from '../../../../support/samples/builders.ts';

const patients = 500;

const seed = 1;

/** A synthetic patient's record at the end of the year, without the emails sent in between. */
const recordOf = (
  { patientId, reachability, optsOutAfterEmail, procedures }: SamplePatient,
  answers: ReturnType<typeof sampleAnswers>,
): PatientRecord =>
  aRecord({
    patientId,
    episodes: procedures.map(({ family, serviceDate }) => anEpisode({ patientId, family, serviceDate })),
    responses: procedures.flatMap(({ sourceId, family, serviceDate }) => {
      const given = answers.get(answersKey(sourceId, '3m'));
      const isAsked = reachability === 'reachable' && optsOutAfterEmail === undefined;
      if (given === undefined || !isAsked) return [];
      return [aResponse({ patientId, family, serviceDate, timepoint: '3m', answers: given })];
    }),
  });

/** From targets to the release: answers, records, counts, claims. */
const releaseOf = async (targets = sampleTargets): Promise<Release> => {
  const people = samplePatients(patients, targets, seed);
  const answers = sampleAnswers(people, targets, seed);
  const { cells } = await recount({
    patients: async function* () {
      for (const patient of people) yield { record: recordOf(patient, answers) };
    },
  });
  const { release } = assembleRelease({
    definitions: claimDefinitions,
    cells: Map.groupBy(cells, ({ scope }) => scope),
    history: [],
    today: '2026-05-05',
    synthetic: true,
    codeVersion: '1.2.3+0123456789ab',
  });
  return release;
};

const published = async (targets = sampleTargets) =>
  new Map(
    (await releaseOf(targets)).public.claims.map((claim) => [
      claim.id,
      claim.status === 'withheld' ? '' : claim.sentence.en,
    ]),
  );

/** The clinic's sentences. Those about mild® are empty: there are too few patients. */
const clinicLines = {
  'facet-improved': 'Over 90% of our facet joint injection patients report improvement in their condition.',
  'facet-over-half':
    'Over 75% of our facet joint injection patients, counting all who answered, report improvement of more than 50%.',
  'epidural-improved': 'Over 83% of our epidural injection patients report improvement in their condition.',
  'epidural-over-half':
    'Over 75% of our epidural injection patients, counting all who answered, report improvement of more than 50%.',
  'overall-quality-of-life': '83% of our patients report better quality of life.',
  'overall-less-pain': '60% of our patients report less pain.',
  'overall-better-function': '62% of our patients report better physical function.',
  'mild-improved': '',
  'mild-standing-or-walking': '',
};

describe('the wording follows from the answers', () => {
  it('in the sample year, where it yields the sentences of the clinic', async () => {
    expect(Object.fromEntries(await published())).toEqual(clinicLines);
  });

  it.each(Object.keys(clinicLines))(
    'and the certificate of %s has the counts behind the sentence',
    async (id) => {
      const release = await releaseOf();
      const found = certificateOf(release, id, claimDefinitions);
      if (found.outcome !== 'certificate') throw new Error(found.outcome);
      const { claim, counts, decision, definition, evidence, rules } = found.certificate;
      if (counts === undefined) throw new Error('no counts');
      const figures = figuresOf(definition.rule, counts.x, counts.n);
      const sentence = claim.status === 'withheld' ? '' : sentenceOf(definition, figures?.percent ?? -1).en;
      expect(sentence).toBe(claim.status === 'withheld' ? '' : claim.sentence.en);
      expect(claim.status === 'withheld').toBe(decision !== 'publishable');
      expect(rules.every(({ met }) => met)).toBe(claim.status !== 'withheld');
      const funnel = evidence?.funnel.map(({ count }) => count) ?? [];
      expect(funnel[0]).toBe(counts.eligible);
      expect(counts.n).toBeLessThanOrEqual(counts.eligible);
    },
  );

  it.each([88, 83, 70])('with fewer improved it says over %i percent', async (percent) => {
    const [usual, fewer] = [await published(), await published(withFacetImproved(sampleTargets, percent))];
    expect(fewer.get('facet-improved')).toBe(
      `Over ${percent}% of our facet joint injection patients report improvement in their condition.`,
    );
    for (const id of ['epidural-improved', 'epidural-over-half', 'mild-improved']) {
      expect(fewer.get(id)).toBe(usual.get(id));
    }
  });

  it('and when nearly all improve nothing is said, since those who did not are few', async () => {
    const sentences = await published(withFacetImproved(sampleTargets, 97));
    expect(sentences.get('facet-improved')).toBe('');
  });
});
