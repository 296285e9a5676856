import type { VNode } from 'preact';
import type { StatsMessages } from '../../messages/stats/en.ts';
import { statsMessagesFor } from '../../messages/stats/messages.ts';
import type { ShownClaim } from '../../outcomes/release/release-schema.ts';
import type { Locale } from '../../platform/locale.ts';

/** The size of a chart in SVG units. Its text is 13 units high. */
export const chartSize = { width: 320, height: 104 } as const;

/** `100 %` is 36 units wide in a narrow typeface and 44 in a wide one, and half of it extends beyond the axis. */
const margin = 24;
const left = margin;
const right = chartSize.width - margin;
const ticks = [0, 25, 50, 75, 100] as const;

/** The x coordinate of a percentage. */
export const positionOf = (percent: number): number => left + ((right - left) * percent) / 100;

/** A claim's figure in words: `over 90%` or `83%`. */
export const figureText = ({ rule, percent }: ShownClaim, messages: StatsMessages): string =>
  rule === 'over' ? messages.over(percent) : messages.percent(percent);

/** Centres the figure on its mark but keeps it inside the chart, assuming up to 10 units per character. */
const labelPosition = (percent: number, text: string): number => {
  const half = text.length * 5;
  return Math.min(Math.max(positionOf(percent), half), chartSize.width - half);
};

/** What a chart shows, in words. */
export const chartDescription = (claim: ShownClaim, locale: Locale): string => {
  const messages = statsMessagesFor(locale);
  const { low, high } = claim.interval;
  return messages.chartDescription(figureText(claim, messages), low, high);
};

/** The content of a chart: the interval as a bar, the figure as a labelled line, and the axis. */
export const ChartMarks = ({
  claim,
  locale,
}: {
  readonly claim: ShownClaim;
  readonly locale: Locale;
}): VNode => {
  const messages = statsMessagesFor(locale);
  const { low, high } = claim.interval;
  const figure = figureText(claim, messages);
  const at = positionOf(claim.percent);
  return (
    <g>
      <text class="figure" x={labelPosition(claim.percent, figure)} y="16" text-anchor="middle">
        {figure}
      </text>
      <rect
        class="interval"
        x={positionOf(low)}
        y="28"
        width={positionOf(high) - positionOf(low)}
        height="18"
        rx="2"
      />
      <path class="mark" d={`M${at} 22V52`} />
      <path
        class="axis"
        d={`M${left} 58H${right}${ticks.map((tick) => `M${positionOf(tick)} 58v5`).join('')}`}
      />
      {ticks.map((tick) => (
        <text class="tick" x={positionOf(tick)} y="76" text-anchor="middle">
          {messages.percent(tick)}
        </text>
      ))}
      <rect class="interval" x={left} y="88" width="16" height="11" rx="2" />
      <text class="tick" x={left + 22} y="98">
        {`${messages.intervalKey}: ${messages.intervalValue(low, high)}`}
      </text>
    </g>
  );
};

/** The style of the marks. The container defines `--fg`, `--act`, `--soft` and `--line`. */
export const chartStyles =
  'text{fill:var(--fg);font:13px system-ui,sans-serif}.figure{font-size:15px;font-weight:700}' +
  '.interval{fill:var(--soft);stroke:var(--act);stroke-width:1.5}.mark{stroke:var(--act);stroke-width:4}' +
  '.axis{fill:none;stroke:var(--line);stroke-width:1.5}';

/** A chart in a page. It has a text alternative; the table beside it has the numbers. */
export const Chart = ({ claim, locale }: { readonly claim: ShownClaim; readonly locale: Locale }): VNode => (
  <svg
    role="img"
    aria-labelledby={`${claim.id}-title ${claim.id}-desc`}
    viewBox={`0 0 ${chartSize.width} ${chartSize.height}`}
  >
    <title id={`${claim.id}-title`}>{claim.sentence[locale]}</title>
    <desc id={`${claim.id}-desc`}>{chartDescription(claim, locale)}</desc>
    <ChartMarks claim={claim} locale={locale} />
  </svg>
);
