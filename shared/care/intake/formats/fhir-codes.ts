import type { CodeSystem, Intent, ProcedureCode } from '../../../protocol/code-map.ts';
import { codeText, codeWithModifiers } from './fields.ts';

/** The code system of a source that names our families itself; its codes are in `code-map.ts` as LOCAL. */
export const localProcedureSystem = 'https://aftercare.example/fhir/CodeSystem/procedure';

/** The code system with the two codes `therapeutic` and `diagnostic`, for Procedure.category. */
export const localIntentSystem = 'https://aftercare.example/fhir/CodeSystem/procedure-intent';

const snomed = 'http://snomed.info/sct';

/** CPT, HCPCS and SNOMED CT by the URIs that FHIR gives them. */
const systems: ReadonlyMap<string, CodeSystem> = new Map([
  ['http://www.ama-assn.org/go/cpt', 'CPT'],
  ['urn:oid:2.16.840.1.113883.6.12', 'CPT'],
  ['urn:oid:2.16.840.1.113883.6.285', 'HCPCS'],
  ['https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets', 'HCPCS'],
  [snomed, 'SNOMED'],
  [localProcedureSystem, 'LOCAL'],
]);

/** 103693007 is a diagnostic, 277132007 a therapeutic procedure in SNOMED CT. */
const intents: ReadonlyMap<string, Intent> = new Map([
  [`${snomed}|103693007`, 'diagnostic'],
  [`${snomed}|277132007`, 'therapeutic'],
  [`${localIntentSystem}|diagnostic`, 'diagnostic'],
  [`${localIntentSystem}|therapeutic`, 'therapeutic'],
]);

type Concept = { readonly coding?: readonly { readonly system?: string; readonly code?: string }[] };

/** Takes Procedure.code, gives the codes in systems that we know; the others cannot map to anything. */
export const codesOf = (concept: Concept | undefined): readonly ProcedureCode[] =>
  (concept?.coding ?? []).flatMap(({ system = '', code = '' }) => {
    const known = systems.get(system);
    return known !== undefined && codeText.safeParse(code).success ? [codeWithModifiers(known, code)] : [];
  });

/** Takes Procedure.category, gives what the procedure was for. One that says both says nothing. */
export const intentOf = (category: Concept | undefined): Intent | undefined => {
  const said = new Set(
    (category?.coding ?? []).flatMap(({ system, code }) => intents.get(`${system}|${code}`) ?? []),
  );
  return said.size === 1 ? [...said][0] : undefined;
};
