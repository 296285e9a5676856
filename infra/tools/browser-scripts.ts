import { join } from 'node:path';
import { build } from 'esbuild';

const folder = join(import.meta.dirname, '../../shared/web');

/** A browser script: its source, and the module that exports it minified. */
type BrowserScript = {
  readonly folder: string;
  readonly source: string;
  readonly module: string;
  readonly name: string;
};

const scripts: readonly BrowserScript[] = [
  { source: 'browser/embed.ts', folder: 'stats', module: 'generated/embed-script.ts', name: 'embedScript' },
  { source: 'browser/page.ts', folder: 'stats', module: 'generated/page-script.ts', name: 'pageScript' },
  {
    source: 'browser/survey.ts',
    folder: 'survey',
    module: 'generated/survey-script.ts',
    name: 'surveyScript',
  },
];

const moduleText = ({ source, name }: BrowserScript, script: string): string =>
  [
    `/** Made from \`${source}\` by \`npm run scripts\`; change that, not this. */`,
    '// biome-ignore format: one long line',
    ...(script.includes('${')
      ? ["// biome-ignore lint/suspicious/noTemplateCurlyInString: the templates are the script's"]
      : []),
    `export const ${name} = '${script.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}';`,
    '',
  ].join('\n');

/** Builds the modules that export the minified scripts. Returns each module's path and text without writing it. */
export const browserScripts = (): Promise<readonly { readonly file: string; readonly text: string }[]> =>
  Promise.all(
    scripts.map(async (script) => {
      const { outputFiles } = await build({
        entryPoints: [join(folder, script.folder, script.source)],
        bundle: true,
        format: 'iife',
        minify: true,
        target: 'es2022',
        write: false,
      });
      const minified = outputFiles[0]?.text.trim() ?? '';
      return { file: join(folder, script.folder, script.module), text: moduleText(script, minified) };
    }),
  );
