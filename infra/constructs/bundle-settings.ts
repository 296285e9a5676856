/**
 * How esbuild bundles a function into one file, apart from the format (CommonJS, which loads faster here than ES
 * modules) and the SDK, which is bundled too. The benchmark of cold starts uses the same settings.
 */
export const bundleSettings = { target: 'node24', mainFields: ['module', 'main'], minify: true };
