import { releaseSchemaPath } from '../../shared/web/stats/release-json-schema.ts';

const text = { type: 'string' } as const;
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const language = {
  name: 'lang',
  in: 'query',
  required: false,
  description: "The language of the texts; defaults to the clinic's.",
  schema: { type: 'string', enum: ['en', 'es'] },
};

const known = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'The ETag of an earlier response.',
  schema: text,
};

const named = (name: string, description: string, schema: Readonly<Record<string, unknown>>) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema,
});

const headers = {
  ETag: { description: 'The SHA-256 of the body; for JSON, the digest of the release.', schema: text },
  'Cache-Control': { description: 'Five minutes, or one hour more while the service is down.', schema: text },
};

type File = {
  readonly operationId: string;
  readonly summary: string;
  readonly type: string;
  readonly schema?: Readonly<Record<string, unknown>>;
  readonly parameters?: readonly unknown[];
  readonly missing?: string;
};

const altered = problem('The release does not match the digest it was published with, so it is not shown.');

const file = ({ operationId, summary, type, schema = text, parameters = [], missing }: File) => ({
  get: {
    operationId,
    summary,
    parameters: [...parameters, known],
    responses: {
      200: { description: summary, headers, content: { [type]: { schema } } },
      304: { description: 'Not modified.', headers },
      ...(missing === undefined ? {} : { 404: problem(missing), 503: altered }),
    },
  },
});

const release = { $ref: '#/components/schemas/Release' };
const nothingYet = 'No release is published yet.';

/** The routes for readers of the statistics. */
export const statsPaths = {
  '/stats': {
    get: {
      operationId: 'showStatistics',
      summary: "The latest release as a page, in the query's language or else the browser's",
      parameters: [language, known],
      responses: {
        200: {
          description: 'The claims with their evidence, or a page that says that nothing is published yet.',
          headers,
          content: { 'text/html': { schema: text } },
        },
        304: { description: 'Not modified.', headers },
        503: {
          description: 'The release cannot be shown: it could not be read, or does not match its digest.',
          content: { 'text/html': { schema: text } },
        },
      },
    },
  },
  '/stats/latest.json': file({
    operationId: 'latestJson',
    summary: 'The latest release, as the canonical text of its digest (RFC 8785)',
    type: 'application/json',
    schema: release,
    missing: nothingYet,
  }),
  '/stats/latest.csv': file({
    operationId: 'latestCsv',
    summary: 'The latest release as a table with a row for each claim, withheld ones included',
    type: 'text/csv',
    parameters: [language],
    missing: nothingYet,
  }),
  '/stats/releases/{id}.json': file({
    operationId: 'releaseJson',
    summary: 'A release; it never changes',
    type: 'application/json',
    schema: release,
    parameters: [named('id', 'The number of a release.', { type: 'integer', minimum: 1 })],
    missing: 'There is no release with this number.',
  }),
  '/stats/charts/{claim}.svg': file({
    operationId: 'chart',
    summary: 'A chart of one claim of the latest release, complete in itself',
    type: 'image/svg+xml',
    parameters: [named('claim', 'The id of a claim.', { type: 'string', pattern: '^[a-z0-9-]+$' }), language],
    missing: 'The latest release has no published claim with this id.',
  }),
  '/stats/embed.js': file({
    operationId: 'embed',
    summary: "The script of the clinic-outcomes element, for the clinic's website",
    type: 'text/javascript',
  }),
  [releaseSchemaPath]: file({
    operationId: 'releaseSchema',
    summary: 'The JSON Schema of a release',
    type: 'application/schema+json',
    schema: { type: 'object' },
  }),
};
