import type { VNode } from 'preact';
import { statsMessagesFor } from '../../messages/stats/messages.ts';
import { timepointTexts } from '../../outcomes/claims/figures.ts';
import { isStale, type ShownClaim, type WithheldClaim } from '../../outcomes/release/release-schema.ts';
import { Chart, figureText } from './chart.tsx';
import { dateText, monthText } from './dates.ts';
import type { StatsFrame } from './frame.ts';

type ClaimProps = { readonly frame: StatsFrame; readonly claim: ShownClaim };

const Table = ({ frame: { locale }, claim }: ClaimProps): VNode => {
  const messages = statsMessagesFor(locale);
  const { rows } = messages;
  const { interval, period } = claim;
  const rate = messages.atLeast(claim.responseRate);
  const cells: readonly (readonly [string, string])[] = [
    [rows.figure, figureText(claim, messages)],
    [rows.interval, messages.intervalValue(interval.low, interval.high)],
    [rows.answered, claim.answered],
    [rows.responseRate, claim.lowResponse ? `${rate} (${messages.lowResponse})` : rate],
    [rows.worstCase, messages.atLeast(claim.worstCase)],
    [rows.treated, messages.from(monthText(period.from, locale), monthText(period.to, locale))],
    [rows.asked, messages.later(timepointTexts[claim.timepoint][locale])],
    [rows.represents, messages.tiers[claim.tier]],
    [rows.definition, messages.definition(claim.id, claim.version, claim.definitionHash.slice(0, 12))],
  ];
  return (
    <table>
      <caption>{messages.tableTitle}</caption>
      <tbody>
        {cells.map(([name, value]) => (
          <tr>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** A shown claim: sentence, footnote, chart, numbers, and sentence and footnote to copy together. */
export const Claim = ({ frame, claim }: ClaimProps): VNode => {
  const { locale, release, today, baseUrl } = frame;
  const messages = statsMessagesFor(locale);
  const footnote = claim.footnote[locale];
  const source = messages.source(release.number, dateText(release.createdOn, locale), `${baseUrl}/stats`);
  const copied = `${claim.sentence[locale]}\n${footnote}\n${source}`;
  return (
    <section class="claim" id={claim.id}>
      <h3>{claim.sentence[locale]}</h3>
      {isStale(claim, today) && <p class="warning">{messages.stale}</p>}
      {claim.status === 'held' && (
        <p class="note">{messages.held(claim.asOfRelease, dateText(claim.asOf, locale))}</p>
      )}
      <p class="note">{footnote}</p>
      <div class="pair">
        <Chart claim={claim} locale={locale} />
        <Table frame={frame} claim={claim} />
      </div>
      <details class="screen">
        <summary>{messages.copyHeading}</summary>
        <p class="quote">{copied}</p>
        <p>
          <button
            type="button"
            class="copy"
            hidden
            data-done={messages.copied}
            data-failed={messages.copyFailed}
          >
            {messages.copy}
          </button>{' '}
          <span role="status" />
        </p>
        <p>
          <a href={`/stats/charts/${claim.id}.svg?lang=${locale}`}>{messages.chartLink}</a>
        </p>
      </details>
    </section>
  );
};

/** Withheld claims, each with its public reason. */
export const Withheld = ({
  frame: { locale },
  claims,
}: {
  readonly frame: StatsFrame;
  readonly claims: readonly WithheldClaim[];
}): VNode => {
  const messages = statsMessagesFor(locale);
  return (
    <section>
      <h2>{messages.withheld}</h2>
      <p>{messages.withheldLead}</p>
      <dl>
        {claims.map(({ id, scope, measure, explanation }) => (
          <div id={id}>
            <dt>{messages.claimName(messages.measures[measure], messages.scopes[scope])}</dt>
            <dd>{explanation[locale]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
