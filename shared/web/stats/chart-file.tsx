import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { statsMessagesFor } from '../../messages/stats/messages.ts';
import type { PublicRelease, ShownClaim } from '../../outcomes/release/release-schema.ts';
import type { Locale } from '../../platform/locale.ts';
import { ChartMarks, chartDescription, chartSize, chartStyles } from './chart.tsx';
import { dateText } from './dates.ts';

const width = 720;
const margin = 24;
const scale = 2.05;
const sentenceLine = { maxLength: 46, height: 32 } as const;
const noteLine = { maxLength: 88, height: 19 } as const;

/** Breaks a text into lines of at most `maxLength` characters, at spaces: SVG does not wrap text. */
export const linesOf = (text: string, maxLength: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= maxLength)
      lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines;
};

/** The colours of the pages, following the reader's light or dark setting. */
const styles =
  'svg{--fg:#1a1a1a;--bg:#fff;--soft:#cfe3ef;--line:#5f6b75;--act:#0b5a8a}' +
  '@media(prefers-color-scheme:dark){svg{--fg:#f2f2f2;--bg:#14181b;--soft:#2b4759;--line:#98a4ae;--act:#8cc8f0}}' +
  `.page{fill:var(--bg)}${chartStyles}.sentence{font-size:25px;font-weight:700}.note{font-size:14px}`;

const Lines = ({
  name,
  lines,
  top,
  height,
}: {
  readonly name: string;
  readonly lines: readonly string[];
  readonly top: number;
  readonly height: number;
}): VNode => (
  <text class={name}>
    {lines.map((line, index) => (
      <tspan x={margin} y={top + index * height}>
        {line}
      </tspan>
    ))}
  </text>
);

type ChartFile = {
  readonly claim: ShownClaim;
  readonly release: PublicRelease;
  readonly locale: Locale;
  /** Address of the page with the figures. */
  readonly url: string;
};

const File = ({ claim, release, locale, url }: ChartFile): VNode => {
  const messages = statsMessagesFor(locale);
  const sentence = linesOf(claim.sentence[locale], sentenceLine.maxLength);
  const source = messages.source(release.number, dateText(release.createdOn, locale), url);
  const note = [claim.footnote[locale], source].flatMap((text) => linesOf(text, noteLine.maxLength));
  const chartTop = margin + 12 + sentence.length * sentenceLine.height;
  const noteTop = chartTop + chartSize.height * scale + 32;
  const height = noteTop + note.length * noteLine.height + 4;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-labelledby="title desc"
      lang={locale}
    >
      <title id="title">{claim.sentence[locale]}</title>
      <desc id="desc">{`${chartDescription(claim, locale)} ${claim.footnote[locale]}`}</desc>
      <style>{styles}</style>
      <rect class="page" width="100%" height="100%" />
      <Lines name="sentence" lines={sentence} top={margin + 18} height={sentenceLine.height} />
      <g transform={`translate(${margin - 6} ${chartTop}) scale(${scale})`}>
        <ChartMarks claim={claim} locale={locale} />
      </g>
      <Lines name="note" lines={note} top={noteTop} height={noteLine.height} />
    </svg>
  );
};

/** The style of a chart file. It must not contain `"`, `&` or `<`, which would be escaped. */
export const chartFileStyles = styles;

/**
 * Renders a claim as a self-contained SVG with its sentence, interval, footnote and source, in light and dark. It loads
 * no font or file.
 */
export const renderChartFile = (file: ChartFile): string => renderToString(<File {...file} />);
