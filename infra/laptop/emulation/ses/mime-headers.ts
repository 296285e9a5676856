export type MimeHeader = { readonly name: string; readonly value: string };

/** Takes a MIME message, gives its headers in order, unfolded, values as they stand. */
export const mimeHeaders = (raw: Buffer): readonly MimeHeader[] => {
  const text = raw.toString('latin1');
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  return text
    .slice(0, end)
    .replaceAll(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => {
      const colon = line.indexOf(':');
      return colon > 0 ? [{ name: line.slice(0, colon), value: line.slice(colon + 1).trim() }] : [];
    });
};

/** Takes headers and a name in any case, gives the first value. */
export const headerOf = (headers: readonly MimeHeader[], name: string): string | undefined =>
  headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value;

/** Takes an address as a header has it (`Name <a@b>`), gives the bare address. */
export const bareAddress = (text: string): string => (/<([^<>]+)>/.exec(text)?.[1] ?? text).trim();
