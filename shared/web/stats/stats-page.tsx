import type { VNode } from 'preact';
import { statsMessagesFor } from '../../messages/stats/messages.ts';
import type { PublicClaim, ShownClaim, WithheldClaim } from '../../outcomes/release/release-schema.ts';
import { Claim, Withheld } from './claim.tsx';
import { dateText } from './dates.ts';
import type { BareFrame, StatsFrame } from './frame.ts';
import { renderDocument } from './layout.tsx';
import { releaseSchemaPath } from './release-json-schema.ts';

/** Maximum number of earlier releases listed. Older ones can be reached by number. */
const maxListedReleases = 24;

const isShown = (claim: PublicClaim): claim is ShownClaim => claim.status !== 'withheld';
const isWithheld = (claim: PublicClaim): claim is WithheldClaim => claim.status === 'withheld';

const Method = ({ frame: { locale } }: { readonly frame: StatsFrame }): VNode => {
  const messages = statsMessagesFor(locale);
  return (
    <section>
      <h2>{messages.method}</h2>
      <dl>
        {messages.methodParts.map(([name, text]) => (
          <div>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};

const Earlier = ({ frame: { locale, release } }: { readonly frame: StatsFrame }): VNode => {
  const messages = statsMessagesFor(locale);
  const count = Math.min(release.number - 1, maxListedReleases);
  return (
    <details>
      <summary>{messages.earlier}</summary>
      <ul>
        {Array.from({ length: count }, (_, index) => release.number - 1 - index).map((number) => (
          <li>
            <a href={`/stats/releases/${number}.json`}>{number}</a>
          </li>
        ))}
      </ul>
    </details>
  );
};

const Check = ({ frame: { locale, release, digest, baseUrl } }: { readonly frame: StatsFrame }): VNode => {
  const messages = statsMessagesFor(locale);
  const path = `/stats/releases/${release.number}.json`;
  return (
    <section id="check">
      <h2>{messages.check}</h2>
      <p>{messages.checkBody}</p>
      <pre>{`curl -s --compressed ${baseUrl}${path} | sha256sum`}</pre>
      <p>{messages.checkExpect}</p>
      <pre id="digest">{digest}</pre>
      <p>
        <button
          type="button"
          id="check-button"
          hidden
          data-href={path}
          data-ok={messages.checkOk}
          data-bad={messages.checkBad}
          data-failed={messages.checkFailed}
        >
          {messages.checkButton}
        </button>
      </p>
      <p role="status" id="check-result" />
    </section>
  );
};

const Use = ({ frame }: { readonly frame: StatsFrame }): VNode => {
  const { locale, release, baseUrl } = frame;
  const messages = statsMessagesFor(locale);
  const ids = release.claims.filter(isShown).map(({ id }) => id);
  const example =
    `<script src="${baseUrl}/stats/embed.js" defer></script>\n` +
    `<clinic-outcomes claims="${ids.slice(0, 2).join(' ')}" lang="${locale}">\n` +
    `  <a href="${baseUrl}/stats?lang=${locale}">${messages.embedFallback}</a>\n</clinic-outcomes>`;
  return (
    <section class="screen">
      <h2>{messages.use}</h2>
      <ul>
        <li>
          <a href={`/stats/releases/${release.number}.json`}>{messages.json}</a>
        </li>
        <li>
          <a href={`/stats/latest.csv?lang=${locale}`}>{messages.csv}</a>
        </li>
        <li>
          <a href={releaseSchemaPath}>{messages.schema}</a>
        </li>
      </ul>
      {release.number > 1 && <Earlier frame={frame} />}
      {ids.length > 0 && (
        <details>
          <summary>{messages.embed}</summary>
          <p>{messages.embedBody}</p>
          <pre>{example}</pre>
        </details>
      )}
    </section>
  );
};

/** Renders the page with every claim of a release, shown or withheld. The caller has verified the digest. */
export const renderStatsPage = (frame: StatsFrame): string => {
  const { locale, release, clinic } = frame;
  const messages = statsMessagesFor(locale);
  const shown = release.claims.filter(isShown);
  const withheld = release.claims.filter(isWithheld);
  return renderDocument(
    {
      frame,
      title: messages.title(clinic),
      synthetic: release.synthetic,
      children: (
        <>
          <h1>{messages.heading}</h1>
          <p class="lead">{messages.lead}</p>
          <p>{messages.release(release.number, dateText(release.createdOn, locale))}</p>
          {shown.length > 0 && <h2>{messages.claims}</h2>}
          {shown.map((claim) => (
            <Claim frame={frame} claim={claim} />
          ))}
          {withheld.length > 0 && <Withheld frame={frame} claims={withheld} />}
          <Method frame={frame} />
          <Use frame={frame} />
          <Check frame={frame} />
        </>
      ),
    },
    true,
  );
};

/** Renders the page shown when there are no figures: none published yet, or none that could be verified. */
export const renderNoFiguresPage = (frame: BareFrame, reason: 'empty' | 'unavailable'): string => {
  const messages = statsMessagesFor(frame.locale);
  const [heading, body] =
    reason === 'empty'
      ? [messages.empty, messages.emptyBody]
      : [messages.unavailable, messages.unavailableBody];
  return renderDocument(
    {
      frame,
      title: `${heading}: ${frame.clinic}`,
      synthetic: false,
      children: (
        <>
          <h1>{heading}</h1>
          <p>{body}</p>
        </>
      ),
    },
    false,
  );
};
