/**
 * How esbuild makes a function's one file, besides the format (CommonJS loads faster than ES modules here) and the
 * SDK, which is bundled. The cold start is measured on bundles made with the same settings.
 */
export const bundleSettings = { target: 'node24', mainFields: ['module', 'main'], minify: true };
