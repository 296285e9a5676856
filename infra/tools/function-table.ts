import {
  deadLettersOf,
  type FunctionManifest,
  type Grant,
  type Trigger,
} from '../../shared/platform/function-manifest.ts';

const code = (text: string): string => `\`${text}\``;
const codes = (texts: readonly string[]): string => texts.map(code).join(', ');
const twoDigits = (number: number): string => String(number).padStart(2, '0');

const triggeredBy = (trigger: Trigger): string => {
  switch (trigger.kind) {
    case 'bus':
      return `bus: ${codes(trigger.detailTypes)}`;
    case 'email-events':
      return 'what SES reports about our emails';
    case 'schedule':
      return trigger.runs.kind === 'interval'
        ? `every ${trigger.runs.minutes} minutes`
        : `daily at ${twoDigits(trigger.runs.hour)}:${twoDigits(trigger.runs.minute)} UTC`;
    case 'stream':
      return `stream: ${codes(trigger.filter.sortKeys)}${trigger.filter.eventName === 'INSERT' ? ', new ones' : ''}`;
    case 'http':
      return `${trigger.api} API: ${codes(trigger.routes.map(({ path }) => path))}`;
  }
};

const grantText = (grant: Grant): string => {
  switch (grant.kind) {
    case 'items':
      return `${grant.table} ${grant.partitions.join(', ')} (${grant.actions.join(', ')})`;
    case 'index':
      return `${grant.table} index ${grant.index} (Query)`;
    case 'scan':
      return `${grant.table}, keys only (Scan)`;
    case 'email':
      return `SES (${grant.actions.join(', ')})`;
  }
};

const header = ['function', 'purpose', 'triggered by', 'may use', 'limits', 'dead letters'];

const rowOf = (manifest: FunctionManifest): readonly string[] => [
  `[${manifest.name}](../functions/${manifest.name}/README.md)`,
  manifest.purpose,
  triggeredBy(manifest.trigger),
  manifest.access.map(grantText).join('; '),
  `${manifest.memoryMb} MB, ${manifest.timeoutSeconds} s, ${manifest.maxConcurrency} at once`,
  code(deadLettersOf(manifest)?.name ?? 'none').replace('`none`', 'none: the caller gets the error'),
];

/** The functions as a Markdown table with padded columns. */
export const functionTable = (manifests: readonly FunctionManifest[]): string => {
  const rows = [header, ...manifests.map(rowOf)];
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [titles = [], ...rest] = rows;
  return [titles, widths.map((width) => '-'.repeat(width)), ...rest].map(line).join('\n');
};

const markers = /(<!-- functions: begin -->\n)[\s\S]*?(\n<!-- functions: end -->)/;

/** Replaces the table between the markers of a page. Throws when the page has none. */
export const withFunctionTable = (page: string, manifests: readonly FunctionManifest[]): string => {
  if (!markers.test(page)) throw new Error('The page has no markers for the table of functions.');
  return page.replace(
    markers,
    (_, begin: string, end: string) => `${begin}\n${functionTable(manifests)}\n${end}`,
  );
};
