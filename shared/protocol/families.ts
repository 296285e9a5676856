/**
 * The kinds of procedure with a follow-up plan of their own. The names are ours, in plain words; no descriptor of a
 * licensed code set is used.
 */
export const familyIds = [
  'facet-joint-injection',
  'epidural-steroid-injection',
  'mild',
  'facet-radiofrequency-ablation',
] as const;
export type FamilyId = (typeof familyIds)[number];

export const isFamilyId = (text: string): text is FamilyId => familyIds.some((id) => id === text);
