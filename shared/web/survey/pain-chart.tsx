import type { VNode } from 'preact';
import type { PainPoint } from '../../care/survey/answering.ts';
import { messagesFor } from '../../messages/messages.ts';
import type { Locale } from '../../platform/locale.ts';

/** Dimensions in SVG units. The margins leave room for the numbers on the left and above the highest point. */
const size = { left: 28, right: 16, top: 22, height: 120, step: 48, words: 40 } as const;

const lines = [0, 5, 10] as const;

const xOf = (index: number): number => size.left + size.step / 2 + index * size.step;

const yOf = (value: number): number => size.top + ((10 - value) * size.height) / 10;

const Drawing = ({ points, label, times }: DrawingProps): VNode => {
  const width = size.left + points.length * size.step + size.right;
  return (
    <svg
      class="chart"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${size.top + size.height + size.words}`}
      width={width * 1.25}
    >
      {lines.map((value) => (
        <>
          <path d={`M${size.left} ${yOf(value)}H${width - size.right}`} class="grid" />
          <text x={size.left - 6} y={yOf(value) + 4} text-anchor="end">
            {value}
          </text>
        </>
      ))}
      <path
        d={`M${points.map(({ value }, index) => `${xOf(index)} ${yOf(value)}`).join('L')}`}
        class="line"
      />
      {points.map(({ at, value }, index) => (
        <>
          <circle cx={xOf(index)} cy={yOf(value)} r="4.5" />
          <text x={xOf(index)} y={yOf(value) - 9} text-anchor="middle" class="value">
            {value}
          </text>
          {times[at].split(' ').map((word, line) => (
            <text x={xOf(index)} y={size.top + size.height + 19 + line * 15} text-anchor="middle">
              {word}
            </text>
          ))}
        </>
      ))}
    </svg>
  );
};

type DrawingProps = {
  readonly points: readonly PainPoint[];
  readonly label: string;
  readonly times: Readonly<Record<PainPoint['at'], string>>;
};

/** The patient's own pain over time, as a chart and a table. Renders nothing for fewer than two points. */
export const PainOverTime = (props: {
  readonly locale: Locale;
  readonly points: readonly PainPoint[];
}): VNode | null => {
  const { points, locale } = props;
  const { thanks } = messagesFor(locale);
  if (points.length < 2) return null;
  return (
    <section>
      <h2>{thanks.painTitle}</h2>
      <p>{thanks.painHint}</p>
      <Drawing points={points} label={thanks.painChart} times={thanks.painTimes} />
      <table>
        <caption class="away">{thanks.painTitle}</caption>
        <thead>
          <tr>
            <th scope="col">{thanks.painWhen}</th>
            <th scope="col">{thanks.painValue}</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ at, value }) => (
            <tr>
              <th scope="row">{thanks.painTimes[at]}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
