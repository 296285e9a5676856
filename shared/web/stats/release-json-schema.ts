import * as z from 'zod';
import { publicReleaseSchema } from '../../outcomes/release/release-schema.ts';

/** Where the schema is served, below the public address. */
export const releaseSchemaPath = '/stats/release.v1.schema.json';

/** Gives the JSON Schema (2020-12) of a release as everybody may read it, made from what the code reads it by. */
export const releaseJsonSchema = () => ({
  ...z.toJSONSchema(publicReleaseSchema, { io: 'input' }),
  $id: 'https://aftercare.example/schemas/release.v1.json',
  title: 'A release of outcome figures, version 1',
  description:
    'Percentages are whole and never rounded up. Numbers of patients are bands. The SHA-256 of the text as it is ' +
    'served (RFC 8785) is the digest of the release, its ETag, and the previousDigest of the release after it.',
});
