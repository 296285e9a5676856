import * as z from 'zod';
import { publicReleaseSchema } from '../../outcomes/release/release-schema.ts';

/** Path of the schema below the public address. */
export const releaseSchemaPath = '/stats/release.v1.schema.json';

/** The JSON Schema (2020-12) of a public release, generated from the schema that the code parses with. */
export const releaseJsonSchema = () => ({
  ...z.toJSONSchema(publicReleaseSchema, { io: 'input' }),
  $id: 'https://aftercare.example/schemas/release.v1.json',
  title: 'A release of outcome figures, version 1',
  description:
    'Percentages are whole and never rounded up. Numbers of patients are bands. The SHA-256 of the text as it is ' +
    'served (RFC 8785) is the digest of the release, its ETag, and the previousDigest of the release after it.',
});
