import type { FunctionManifest } from '../../shared/platform/function-manifest.ts';
import type { VariableName } from '../functions.ts';
import { codeVersion } from './code-version.ts';
import type { Stage } from './load-settings.ts';
import type { Names } from './names.ts';

/** A value for each variable that some function reads. `undefined` leaves an optional one unset. */
export type Variables = Readonly<Record<VariableName, string | undefined>>;

/** What a stage knows only once its resources are declared; the values may be CDK tokens. */
export type DeployedAddresses = {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  /** The secrets that the CDN may send, newest first, with commas between. */
  readonly originSecrets: string;
};

/** Everything a stage provides to its functions. */
export const stageVariables = (
  { name, settings }: Stage,
  names: Names,
  { baseUrl, originSecrets }: DeployedAddresses,
): Variables => ({
  CARE_TABLE: names.careTable,
  OUTCOMES_TABLE: names.outcomesTable,
  DEFAULT_ZONE: settings.clinic.zone,
  DEFAULT_LOCALE: settings.clinic.locale,
  PATIENT_SYSTEMS: settings.patientSystems.join(','),
  BASE_URL: baseUrl,
  CLINIC_NAME: settings.clinic.name,
  CLINIC_PHONE: settings.clinic.phone,
  CLINIC_SENDER_NAME: settings.clinic.senderName,
  CLINIC_REPLY_TO: settings.clinic.replyTo,
  EMAIL_FROM: settings.emailFrom,
  CONFIGURATION_SET: names.configurationSet,
  STAFF_ADDRESS: settings.staffAddress ?? '',
  WORKLIST_COMMAND: `npm run ops -- worklist --stage ${name}`,
  SYNTHETIC: String(settings.synthetic),
  PUBLISH: settings.publish,
  // Not compiled in, so that bundles stay the same from commit to commit.
  CODE_VERSION: codeVersion(),
  ORIGIN_SECRETS: originSecrets,
});

/** Everything the laptop provides to its functions. It has no CDN, so nothing checks for the CDN's secret. */
export const laptopVariables = (
  tables: { readonly care: string; readonly outcomes: string },
  baseUrl: string,
): Variables => ({
  CARE_TABLE: tables.care,
  OUTCOMES_TABLE: tables.outcomes,
  DEFAULT_ZONE: 'America/New_York',
  DEFAULT_LOCALE: 'en',
  PATIENT_SYSTEMS: 'urn:clinic:patient,urn:sample:patient',
  BASE_URL: baseUrl,
  CLINIC_NAME: 'Example Clinic',
  CLINIC_PHONE: '+1 555 010 0100',
  CLINIC_SENDER_NAME: 'Example Clinic',
  CLINIC_REPLY_TO: 'care@clinic.example',
  EMAIL_FROM: 'care@clinic.example',
  CONFIGURATION_SET: '',
  STAFF_ADDRESS: 'care-team@clinic.example',
  WORKLIST_COMMAND: 'npm run ops -- worklist',
  SYNTHETIC: 'true',
  PUBLISH: 'automatic',
  CODE_VERSION: codeVersion(),
  ORIGIN_SECRETS: undefined,
});

/**
 * Returns the variables that a function's schema names. Throws one line that names a variable for which there is no
 * entry; one in `infra/functions.ts` does not get that far, it is a type error of `stageVariables` above.
 */
export const variablesOf = (
  { name, environment }: Pick<FunctionManifest, 'name' | 'environment'>,
  provided: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.keys(environment.shape).flatMap((variable) => {
      if (!(variable in provided)) {
        throw new Error(`${name} reads ${variable}, which infra/settings/variables.ts does not provide.`);
      }
      const value = provided[variable];
      return value === undefined ? [] : [[variable, value]];
    }),
  );
