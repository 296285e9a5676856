import { createHash } from 'node:crypto';
import type * as z from 'zod';
import type { FhirIdentifier } from './fhir-resources.ts';
import { bareSystem } from './rules/codes.ts';
import { isOfficialNumber } from './rules/official-numbers.ts';

/**
 * The identifier systems and FHIR servers whose values are the clinic's own ids, as JSON and CSV send them. The same
 * value of any other system or server is somebody else.
 */
export type OwnSystems = readonly string[];

/** Where a resource is: the server, where the address names one, and the id there. */
export type Address = { readonly server?: string; readonly id: string };

const literal =
  /^(?:(https?:\/\/[^\s?#]{1,500})\/)?(Patient|Procedure)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/;

/** Reads the address of a resource of a type: relative, or absolute with its server. Undefined for any other text. */
export const addressIn = (text: string, type: 'Patient' | 'Procedure'): Address | undefined => {
  const [, server, found, id] = literal.exec(text) ?? [];
  if (found !== type || id === undefined) return undefined;
  return server === undefined ? { id } : { server, id };
};

/** Ten characters of base64url: enough to tell the systems of one clinic apart. */
const marked = (system: string): string =>
  createHash('sha256').update(bareSystem(system)).digest('base64url').slice(0, 10);

const isOwn = (system: string, own: OwnSystems): boolean =>
  own.some((each) => bareSystem(each) === bareSystem(system));

/**
 * Returns our id for a value of a system: the value itself where no system is named or it is the clinic's own, else the
 * value and a mark of its system, `1001~h3Jk_9-aQx`. Undefined where the value is no id.
 */
export const idOf = <Id extends z.ZodType<string>>(
  value: string,
  system: string | undefined,
  own: OwnSystems,
  idText: Id,
): z.output<Id> | undefined => {
  const plain = idText.safeParse(value);
  if (!plain.success || system === undefined || system === '' || isOwn(system, own)) return plain.data;
  return idText.safeParse(`${value}~${marked(system)}`).data;
};

/**
 * Returns our id for the best identifier in use: one of the clinic's own systems first, then in their order. Numbers of
 * the government and of insurers are never taken, nor those of accounts and visits.
 */
export const identifierIn = <Id extends z.ZodType<string>>(
  identifiers: readonly FhirIdentifier[] | undefined,
  own: OwnSystems,
  idText: Id,
): z.output<Id> | undefined =>
  (identifiers ?? [])
    .filter((each) => each.use !== 'old' && each.use !== 'temp' && !isOfficialNumber(each))
    .toSorted((a, b) => Number(isOwn(b.system ?? '', own)) - Number(isOwn(a.system ?? '', own)))
    .map(({ value = '', system }) => idOf(value, system, own, idText))
    .find((id) => id !== undefined);
