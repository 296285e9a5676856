import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { browserScripts } from './browser-scripts.ts';

for (const { file, text } of await browserScripts()) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
