import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Pause } from '../../../shared/care/emailing/pause.ts';
import { pauseLines } from '../../ops/pause-words.ts';
import type { ConsoleData } from './console-data.ts';
import { readable } from './words.ts';

/** What every console page shows around its content. */
export type ConsoleFrame = {
  readonly clock: Awaited<ReturnType<ConsoleData['clock']>>;
  readonly pause?: Pause;
  readonly emails: number;
  readonly deadLetters: number;
  /** The result of the last action. */
  readonly notice?: string;
};

const ClockBar = ({ clock }: Pick<ConsoleFrame, 'clock'>): VNode => (
  <section class="bar" aria-label="Clock">
    <div>
      <p>
        It is <strong>{readable(clock.now)}</strong>
        {clock.mode === 'frozen' && ' (frozen)'}.{' '}
        {clock.nextDueAt === undefined
          ? 'Nothing is due.'
          : `Next email is due ${readable(clock.nextDueAt)}.`}
      </p>
      <form method="post" action="/console/clock">
        <button type="submit" name="move" value="day">
          +1 day
        </button>
        <button type="submit" name="move" value="week">
          +1 week
        </button>
        <button type="submit" name="move" value="month">
          +30 days
        </button>
        <button type="submit" name="move" value="next-due" disabled={clock.nextDueAt === undefined}>
          To next due
        </button>
      </form>
      <form method="post" action="/console/clock">
        <input
          type="date"
          name="date"
          required
          min={clock.now.slice(0, 10)}
          aria-label="Move the clock to this date"
        />
        <button type="submit" name="move" value="date">
          Go to date
        </button>
      </form>
    </div>
  </section>
);

type PageProps = {
  readonly frame: ConsoleFrame;
  readonly title: string;
  readonly children: ComponentChildren;
};

const Page = ({ frame, title, children }: PageProps): VNode => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <title>{`${title} - Aftercare console`}</title>
      <link rel="stylesheet" href="/console/console.css" />
    </head>
    <body>
      <aside class="about" aria-label="About this page">
        <p>
          <strong>Local only, synthetic data.</strong> This page runs on your machine. No email leaves it, and
          none of its patients are real.
        </p>
      </aside>
      <header>
        <strong>Aftercare console</strong>
        <nav aria-label="Console">
          <a href="/">Overview</a>
          <a href="/console/emails">Inbox ({frame.emails})</a>
          <a href="/stats">Published statistics</a>
          {frame.deadLetters > 0 && <span>Dead letters: {frame.deadLetters} (see .local/dead-letters)</span>}
        </nav>
      </header>
      <ClockBar clock={frame.clock} />
      <main>
        {pauseLines(frame.pause).map((line) => (
          <p class="notice">{line}</p>
        ))}
        {frame.notice !== undefined && (
          <p class="notice" role="status">
            {frame.notice}
          </p>
        )}
        {children}
      </main>
    </body>
  </html>
);

/** Renders the complete HTML document. */
export const renderConsole = (props: PageProps): string =>
  `<!doctype html>${renderToString(<Page {...props} />)}`;
