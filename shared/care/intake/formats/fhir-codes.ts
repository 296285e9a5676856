import type { Intent, ProcedureCode } from '../../../protocol/code-map.ts';
import { type Parsed, rejected } from './problems.ts';
import { bareSystem, codeSystemOf, readCode } from './rules/codes.ts';

/** The code system with the codes `therapeutic` and `diagnostic`, for Procedure.category. */
export const localIntentSystem = 'https://aftercare.example/fhir/CodeSystem/procedure-intent';

const snomed = bareSystem('http://snomed.info/sct');

const ownIntents = bareSystem(localIntentSystem);

/** SNOMED CT: 103693007 is a diagnostic, 277132007 a therapeutic procedure. */
const intents: ReadonlyMap<string, Intent> = new Map([
  [`${snomed}|103693007`, 'diagnostic'],
  [`${snomed}|277132007`, 'therapeutic'],
  [`${ownIntents}|diagnostic`, 'diagnostic'],
  [`${ownIntents}|therapeutic`, 'therapeutic'],
]);

type Concept = { readonly coding?: readonly { readonly system?: string; readonly code?: string }[] };

/**
 * Reads the codes of Procedure.code in systems that we know; the others cannot map to a family. A code of ours that
 * cannot be read fails the resource: with its modifier it might say that this was no treatment.
 */
export const codesOf = (concept: Concept | undefined, path: string): Parsed<readonly ProcedureCode[]> => {
  const read = (concept?.coding ?? []).map(({ system = '', code = '' }) => {
    const known = codeSystemOf(system);
    return known === undefined || code === '' ? undefined : readCode(known, code);
  });
  const problems = read.flatMap((result, index) =>
    result?.outcome === 'unreadable'
      ? [{ path: `${path}.coding[${index}].code`, message: result.message }]
      : [],
  );
  return problems.length > 0
    ? rejected(...problems)
    : {
        outcome: 'accepted',
        report: read.flatMap((result) => (result?.outcome === 'read' ? [result.code] : [])),
      };
};

/** What a code and the name of a system look like; anything else may be text about the patient. */
const nameable = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$/;

/** Returns the codes of systems that we do not read, as `SYSTEM CODE`. */
export const otherCodesOf = (concept: Concept | undefined): readonly string[] =>
  (concept?.coding ?? [])
    .filter(({ system = '', code = '' }) => codeSystemOf(system) === undefined && code !== '')
    .map(({ system = 'no-system', code = '' }) =>
      [system, code].map((text) => (nameable.test(text) ? text : 'unreadable')).join(' '),
    );

/** Returns the intent of Procedure.category; undefined when it names both or neither. */
export const intentOf = (category: Concept | undefined): Intent | undefined => {
  const named = new Set(
    (category?.coding ?? []).flatMap(
      ({ system = '', code }) => intents.get(`${bareSystem(system)}|${code}`) ?? [],
    ),
  );
  return named.size === 1 ? [...named][0] : undefined;
};
