/** The part that we use of a library without types. */
declare module 'jstat' {
  const library: {
    readonly beta: {
      /** The p-quantile of the Beta distribution with the given shapes. */
      readonly inv: (p: number, alpha: number, beta: number) => number;
    };
  };
  // biome-ignore lint/style/noDefaultExport: a CommonJS module; its exports object is its default export
  export default library;
}
