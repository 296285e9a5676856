import { describe, expect, it } from 'vitest';
import type { SurveyResponse } from '../../../../shared/care/patient/response.ts';
import { painOverTime, type Survey } from '../../../../shared/care/survey/answering.ts';
import type { Timepoint } from '../../../../shared/platform/time.ts';
import { planOf, touchpointOf } from '../../../../shared/protocol/plans.ts';
import { anEpisode, aResponse } from '../../../support/samples/builders.ts';

const said = (timepoint: Timepoint, nrsPain?: number): SurveyResponse =>
  aResponse({
    timepoint,
    answers: { condition: 'better', ...(nrsPain === undefined ? {} : { nrsPain }) },
  });

const survey = (parts: Partial<Survey>): Survey => {
  const episode = anEpisode();
  const touchpoint = touchpointOf(planOf(episode.family, episode.planVersion), '1m');
  if (touchpoint === undefined) throw new Error('The plan has no survey at one month.');
  return { episode, touchpoint, timepoint: '1m', ...parts };
};

describe('pain over time', () => {
  it('is empty where nobody said anything of pain', () => {
    expect(painOverTime(survey({}))).toEqual([]);
    expect(painOverTime(survey({ response: said('1m'), others: [said('2w')] }))).toEqual([]);
  });

  it('begins with the pain before, and goes by time, whatever the order of the answers', () => {
    const episode = anEpisode({ baseline: { nrsPain: 8 } });
    const others = [said('3m', 2), said('2w', 7)];
    expect(painOverTime(survey({ episode, others, response: said('1m', 0) }))).toEqual([
      { at: 'before', value: 8 },
      { at: '2w', value: 7 },
      { at: '1m', value: 0 },
      { at: '3m', value: 2 },
    ]);
  });

  it('leaves out what was not asked or not said', () => {
    const others = [said('2w'), said('3m', 4)];
    expect(painOverTime(survey({ others }))).toEqual([{ at: '3m', value: 4 }]);
    expect(painOverTime(survey({ response: said('1m', 5) }))).toEqual([{ at: '1m', value: 5 }]);
  });
});
