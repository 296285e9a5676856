/** The version of the code, as in package.json: a certificate says which one made the figures. */
export const codeVersion = '0.1.0';
