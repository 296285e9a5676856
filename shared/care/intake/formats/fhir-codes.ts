import type { CodeSystem, Intent, ProcedureCode } from '../../../protocol/code-map.ts';
import { codeText, codeWithModifiers } from './fields.ts';

/** The code system for sources that name our families directly; its codes are LOCAL in `code-map.ts`. */
export const localProcedureSystem = 'https://aftercare.example/fhir/CodeSystem/procedure';

/** The code system with the codes `therapeutic` and `diagnostic`, for Procedure.category. */
export const localIntentSystem = 'https://aftercare.example/fhir/CodeSystem/procedure-intent';

const snomed = 'http://snomed.info/sct';

/** CPT, HCPCS and SNOMED CT by their FHIR URIs. */
const systems: ReadonlyMap<string, CodeSystem> = new Map([
  ['http://www.ama-assn.org/go/cpt', 'CPT'],
  ['urn:oid:2.16.840.1.113883.6.12', 'CPT'],
  ['urn:oid:2.16.840.1.113883.6.285', 'HCPCS'],
  ['https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets', 'HCPCS'],
  [snomed, 'SNOMED'],
  [localProcedureSystem, 'LOCAL'],
]);

/** SNOMED CT: 103693007 is a diagnostic, 277132007 a therapeutic procedure. */
const intents: ReadonlyMap<string, Intent> = new Map([
  [`${snomed}|103693007`, 'diagnostic'],
  [`${snomed}|277132007`, 'therapeutic'],
  [`${localIntentSystem}|diagnostic`, 'diagnostic'],
  [`${localIntentSystem}|therapeutic`, 'therapeutic'],
]);

type Concept = { readonly coding?: readonly { readonly system?: string; readonly code?: string }[] };

/** Returns the codes of Procedure.code in known systems; the others cannot map to a family. */
export const codesOf = (concept: Concept | undefined): readonly ProcedureCode[] =>
  (concept?.coding ?? []).flatMap(({ system = '', code = '' }) => {
    const known = systems.get(system);
    return known !== undefined && codeText.safeParse(code).success ? [codeWithModifiers(known, code)] : [];
  });

/** Returns the intent of Procedure.category; undefined when it names both or neither. */
export const intentOf = (category: Concept | undefined): Intent | undefined => {
  const named = new Set(
    (category?.coding ?? []).flatMap(({ system, code }) => intents.get(`${system}|${code}`) ?? []),
  );
  return named.size === 1 ? [...named][0] : undefined;
};
