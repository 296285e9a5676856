import type { LocalDate } from '../platform/time.ts';
import type { FamilyId } from './families.ts';

export const codeSystems = ['CPT', 'HCPCS', 'SNOMED', 'LOCAL'] as const;

export type CodeSystem = (typeof codeSystems)[number];

/** A procedure code as the source sent it, with its billing modifiers if any. */
export type ProcedureCode = {
  readonly system: CodeSystem;
  readonly code: string;
  readonly modifiers: readonly string[];
};

/** What the procedure was for. Facet injections and diagnostic blocks share their codes; this tells them apart. */
export type Intent = 'therapeutic' | 'diagnostic';

/**
 * What a code means to us. Only code numbers are used, with labels of our own; no text of a licensed code set.
 * Whether a clinic may use CPT numbers is between the clinic and the AMA.
 */
export type CodeRule = {
  readonly system: CodeSystem;
  readonly code: string;
  /** Our own label, for readers of this table. */
  readonly label: string;
  /**
   * `diagnostic` is the clinic's own code for a block that is not a treatment: it keeps all others from starting.
   */
  readonly family: FamilyId | 'diagnostic';
  /** An add-on is a further level of a procedure that has a primary code: it never starts a survey. */
  readonly role: 'primary' | 'add-on';
  /** True where the same code also bills a diagnostic block, so that it is ambiguous on its own. */
  readonly sharedWithDiagnostic: boolean;
  /** First and last service date on which the code is valid, both included. */
  readonly from: LocalDate;
  readonly until?: LocalDate;
};

/** Earlier than any procedure that can still be followed up; no claim depends on it. */
const always: LocalDate = '2017-01-01';

type Row = readonly [code: string, role: CodeRule['role'], label: string];

const facet: readonly Row[] = [
  ['64490', 'primary', 'facet, neck or chest, first level'],
  ['64491', 'add-on', 'facet, neck or chest, second level'],
  ['64492', 'add-on', 'facet, neck or chest, further levels'],
  ['64493', 'primary', 'facet, low back, first level'],
  ['64494', 'add-on', 'facet, low back, second level'],
  ['64495', 'add-on', 'facet, low back, further levels'],
];

const epidural: readonly Row[] = [
  ['62320', 'primary', 'epidural from behind, neck or chest, without imaging'],
  ['62321', 'primary', 'epidural from behind, neck or chest, with imaging'],
  ['62322', 'primary', 'epidural from behind, low back, without imaging'],
  ['62323', 'primary', 'epidural from behind, low back, with imaging'],
  ['64479', 'primary', 'epidural beside the nerve, neck or chest, first level'],
  ['64480', 'add-on', 'epidural beside the nerve, neck or chest, further level'],
  ['64483', 'primary', 'epidural beside the nerve, low back, first level'],
  ['64484', 'add-on', 'epidural beside the nerve, low back, further level'],
];

const radiofrequency: readonly Row[] = [
  ['64633', 'primary', 'facet nerve heat, neck or chest, first joint'],
  ['64634', 'add-on', 'facet nerve heat, neck or chest, further joint'],
  ['64635', 'primary', 'facet nerve heat, low back, first joint'],
  ['64636', 'add-on', 'facet nerve heat, low back, further joint'],
];

const cpt = (family: FamilyId, rows: readonly Row[], sharedWithDiagnostic = false): readonly CodeRule[] =>
  rows.map(([code, role, label]) => ({
    system: 'CPT',
    code,
    label,
    role,
    family,
    sharedWithDiagnostic,
    from: always,
  }));

/** Creates the rule of a clinic's own code, for a source that knows what was done. */
const local = (code: string, family: CodeRule['family'], label: string): CodeRule => ({
  system: 'LOCAL',
  code,
  label,
  family,
  role: 'primary',
  sharedWithDiagnostic: false,
  from: always,
});

/**
 * Codes and their meaning. Left out on purpose: G0276 (a blinded trial in which some patients received a placebo),
 * 0274T (the cervical and thoracic counterpart, not the lumbar procedure that `mild` stands for), and any SNOMED CT
 * code (none could be verified; a deployment may add those of its own record system).
 *
 * Unverified: that 62330 and 62331 replace 0275T from 2026-01-01. Until that is seen in the code set, old and new
 * are both valid for half a year before and a year after that day, and both new ones are primary: an extra code of
 * the same session changes nothing, a missing one would lose a patient.
 */
export const codeMap: readonly CodeRule[] = [
  ...cpt('facet-joint-injection', facet, true),
  ...cpt('epidural-steroid-injection', epidural),
  ...cpt('facet-radiofrequency-ablation', radiofrequency),
  {
    system: 'CPT',
    code: '0275T',
    label: 'lumbar decompression through the skin, until 2025',
    role: 'primary',
    family: 'mild',
    sharedWithDiagnostic: false,
    from: always,
    until: '2026-12-31',
  },
  ...[
    ['62330', 'lumbar decompression through the skin, from 2026'] as const,
    ['62331', 'lumbar decompression through the skin, from 2026, its second code'] as const,
  ].map(
    ([code, label]): CodeRule => ({
      system: 'CPT',
      code,
      label,
      role: 'primary',
      family: 'mild',
      sharedWithDiagnostic: false,
      from: '2025-07-01',
    }),
  ),
  local('facet-joint-injection', 'facet-joint-injection', 'the clinic says: facet joint injection'),
  local('epidural-steroid-injection', 'epidural-steroid-injection', 'the clinic says: epidural'),
  local('mild', 'mild', 'the clinic says: mild'),
  local('facet-radiofrequency-ablation', 'facet-radiofrequency-ablation', 'the clinic says: ablation'),
  local('diagnostic-block', 'diagnostic', 'the clinic says: a block to find the cause, not a treatment'),
];

/** Why a code, or a whole report, starts nothing. */
export const ignoredReasons = [
  'unknown-code',
  'add-on-only',
  'diagnostic-block',
  'intent-unknown',
  'not-in-effect',
  'not-completed',
] as const;

export type IgnoredReason = (typeof ignoredReasons)[number];

/** The families that the codes of one report start, and why its other codes start nothing. */
export type FamiliesOf = {
  readonly families: readonly FamilyId[];
  readonly ignored: readonly IgnoredReason[];
};

/** Required by payers on the line of a diagnostic facet block. Source: clinical.md 2, from memory, unverified. */
const diagnosticModifier = 'KX';

/**
 * A procedure that was begun and given up: by the physician (53), or by the facility before (73) and after (74)
 * anesthesia. 52, a service that was reduced, is not among them: something was injected. Source: AMA CPT appendix A,
 * from memory; to be confirmed by a clinician.
 */
const discontinuedModifiers = new Set(['53', '73', '74']);

type Verdict = { readonly family?: CodeRule['family']; readonly answer: 'starts' | IgnoredReason };

const isDiagnosticLine = (rule: CodeRule, code: ProcedureCode): boolean =>
  rule.family === 'diagnostic' ||
  (rule.sharedWithDiagnostic &&
    code.modifiers.some((modifier) => modifier.toUpperCase() === diagnosticModifier));

const isDiscontinued = (code: ProcedureCode): boolean =>
  code.modifiers.some((modifier) => discontinuedModifiers.has(modifier));

const inEffect = (rule: CodeRule, on: LocalDate): boolean =>
  rule.from <= on && (rule.until === undefined || on <= rule.until);

const answerOf = (
  rule: CodeRule,
  code: ProcedureCode,
  intent: Intent | undefined,
  on: LocalDate,
): Verdict['answer'] => {
  if (!inEffect(rule, on)) return 'not-in-effect';
  if (intent === 'diagnostic' || isDiagnosticLine(rule, code)) return 'diagnostic-block';
  if (isDiscontinued(code)) return 'not-completed';
  if (rule.role === 'add-on') return 'add-on-only';
  return rule.sharedWithDiagnostic && intent === undefined ? 'intent-unknown' : 'starts';
};

const sameCode = (rule: CodeRule, code: ProcedureCode): boolean =>
  rule.system === code.system && rule.code.toUpperCase() === code.code.trim().toUpperCase();

const verdictOn = (
  code: ProcedureCode,
  intent: Intent | undefined,
  on: LocalDate,
  map: readonly CodeRule[],
): Verdict => {
  const rules = map.filter((rule) => sameCode(rule, code));
  const rule = rules.find((candidate) => inEffect(candidate, on)) ?? rules[0];
  if (rule === undefined) return { answer: 'unknown-code' };
  return { family: rule.family, answer: answerOf(rule, code, intent, on) };
};

/**
 * Returns the families that a report's codes map to, each once, in the order of the codes, and why other codes
 * start nothing.
 *
 * - One diagnostic line keeps its family from starting, even beside another line of the same family; a report that
 *   is `diagnostic` as a whole, or holds the clinic's own code for it, starts nothing.
 * - A code that bills both a treatment and a diagnostic block starts nothing unless the report states its intent.
 * - A line whose modifier says that the procedure was given up starts nothing; another line of its family still does.
 * - An add-on is reported only where no primary code of its family is present.
 *
 * Source: clinical.md section 2 (CMS articles A57787 and A58350 on the shared codes).
 */
export const familiesOf = (
  codes: readonly ProcedureCode[],
  intent: Intent | undefined,
  serviceDate: LocalDate,
  map: readonly CodeRule[] = codeMap,
): FamiliesOf => {
  const first = codes.map((code) => verdictOn(code, intent, serviceDate, map));
  const saysDiagnostic = first.some(({ family }) => family === 'diagnostic');
  const verdicts = saysDiagnostic
    ? codes.map((code) => verdictOn(code, 'diagnostic', serviceDate, map))
    : first;
  if (verdicts.length === 0) return { families: [], ignored: ['unknown-code'] };

  const blocked = new Set(verdicts.filter((v) => v.answer === 'diagnostic-block').map((v) => v.family));
  const families = new Set<FamilyId>();
  for (const { family, answer } of verdicts) {
    if (answer !== 'starts' || family === undefined || family === 'diagnostic') continue;
    if (!blocked.has(family)) families.add(family);
  }
  const started: ReadonlySet<Verdict['family']> = families;
  const primaries = new Set(verdicts.filter((v) => v.answer !== 'add-on-only').map((v) => v.family));
  const explained = ({ family, answer }: Verdict): boolean =>
    (answer === 'add-on-only' && primaries.has(family)) ||
    (answer === 'intent-unknown' && started.has(family));
  const reasons = new Set(verdicts.filter((v) => !explained(v)).map((v) => v.answer));
  return {
    families: [...families],
    ignored: ignoredReasons.filter((reason) => reasons.has(reason)),
  };
};
