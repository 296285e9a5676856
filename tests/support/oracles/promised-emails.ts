import type { FamilyId } from '../../../shared/protocol/families.ts';
import type { TouchpointId } from '../../../shared/protocol/plans.ts';

/** The days after the procedure in which a touchpoint may be emailed, how often, and whether only on clinic days. */
type Promised = {
  readonly days: readonly [number, number];
  readonly emails: number;
  readonly onClinicDays: boolean;
};

const survey = (first: number, last: number): Promised => ({
  days: [first, last],
  emails: 3,
  onClinicDays: true,
});

const prompt = (first: number, last: number): Promised => ({
  days: [first, last],
  emails: 1,
  onClinicDays: true,
});

const forAll: Readonly<Partial<Record<TouchpointId, Promised>>> = {
  instructions: { days: [0, 3], emails: 1, onClinicDays: false },
  '2w': survey(10, 21),
  '1m': survey(25, 45),
  '3m': survey(75, 120),
  '6m': survey(150, 225),
  '12m': survey(330, 425),
};

/** What patients of each family are promised, written down here a second time: the plans of the code play no part. */
export const promisedEmails: Readonly<Record<FamilyId, Readonly<Partial<Record<TouchpointId, Promised>>>>> = {
  'facet-joint-injection': forAll,
  'epidural-steroid-injection': { ...forAll, visit: prompt(21, 35) },
  mild: { ...forAll, rehabilitation: prompt(8, 30), visit: prompt(42, 70) },
  'facet-radiofrequency-ablation': { ...forAll, visit: prompt(42, 70) },
};
