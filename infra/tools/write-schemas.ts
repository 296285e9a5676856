import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { releaseJsonSchema } from '../../shared/web/stats/release-json-schema.ts';
import { functions } from '../functions.ts';
import { eventSchema } from './event-schema.ts';
import { withFunctionTable } from './function-table.ts';
import { openApi } from './openapi.ts';

const docs = join(import.meta.dirname, '../../docs');

const write = (path: string, content: unknown): void => {
  const file = join(docs, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
};

write('schemas/procedure-event.v1.json', eventSchema());
write('schemas/release.v1.json', releaseJsonSchema());
write('openapi.json', openApi());

const architecture = join(docs, 'architecture.md');
writeFileSync(architecture, withFunctionTable(readFileSync(architecture, 'utf8'), functions));
