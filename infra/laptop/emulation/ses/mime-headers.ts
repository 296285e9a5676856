export type MimeHeader = { readonly name: string; readonly value: string };

/** Returns the headers of a MIME message in order, unfolded but not decoded. */
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

/** Returns the first value of a header; names are case-insensitive. */
export const headerOf = (headers: readonly MimeHeader[], name: string): string | undefined =>
  headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value;

/** Strips the display name: `Name <a@b>` becomes `a@b`. */
export const bareAddress = (text: string): string => (/<([^<>]+)>/.exec(text)?.[1] ?? text).trim();
