import type { VNode } from 'preact';
import type { TouchpointStatus } from '../../../shared/care/patient/episode.ts';
import type { InboxEntry, OpenedEmail } from '../emulation/ses/inbox.ts';
import type { EpisodeDetail, TimelineEntry } from './console-data.ts';
import { EmailTable } from './overview.tsx';
import { Scroll } from './scroll.tsx';
import { Tag } from './tag.tsx';
import {
  emailPath,
  episodeStatusWords,
  familyWords,
  readable,
  touchpointStatusWords,
  touchpointWords,
} from './words.ts';

const moods: Readonly<Record<TouchpointStatus, 'plain' | 'good' | 'bad' | 'busy'>> = {
  planned: 'plain',
  emailed: 'busy',
  answered: 'good',
  lapsed: 'bad',
  skipped: 'bad',
};

const answerWords = (entry: TimelineEntry): string => {
  if (entry.answeredAt === undefined) return '';
  const late = entry.inWindow === false ? ', too late to be counted' : '';
  const changed = (entry.revision ?? 1) > 1 ? `, changed (revision ${entry.revision})` : '';
  return `${readable(entry.answeredAt)}${late}${changed}`;
};

const emailWords = (entry: TimelineEntry): string => {
  if (entry.emails === 0) return '';
  const last = entry.lastEmailOn === undefined ? '' : `, last ${entry.lastEmailOn}`;
  return `${entry.emails}${last}${entry.delivered === true ? ', delivered' : ''}`;
};

const Timeline = ({ entries }: { readonly entries: readonly TimelineEntry[] }): VNode => (
  <Scroll label="Timeline">
    <table>
      <thead>
        <tr>
          <th scope="col">Touchpoint</th>
          <th scope="col">From</th>
          <th scope="col">Window</th>
          <th scope="col">State</th>
          <th scope="col">Emails</th>
          <th scope="col">Answer</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr>
            <th scope="row">{touchpointWords[entry.touchpoint]}</th>
            <td>{entry.plannedOn}</td>
            <td>
              {entry.opensOn} to {entry.closesOn}
            </td>
            <td>
              <Tag mood={moods[entry.status]}>{touchpointStatusWords[entry.status]}</Tag>
            </td>
            <td>{emailWords(entry)}</td>
            <td>{answerWords(entry)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);

/** One episode: who, what is next, the timeline, the emails. */
export const EpisodePage = (props: {
  readonly episode: EpisodeDetail;
  readonly emails: readonly InboxEntry[];
}): VNode => {
  const { episode } = props;
  return (
    <>
      <h1>
        {familyWords[episode.family]}, {episode.serviceDate}
      </h1>
      <dl class="facts">
        <dt>Patient</dt>
        <dd>{episode.patientId}</dd>
        <dt>Email</dt>
        <dd>{episode.email ?? 'none'}</dd>
        <dt>Time zone</dt>
        <dd>{episode.zone}</dd>
        <dt>State</dt>
        <dd>
          {episodeStatusWords[episode.status]}
          {episode.stop !== undefined && `: ${episode.stop}`}
        </dd>
        <dt>Next email</dt>
        <dd>{episode.nextDueAt === undefined ? 'none' : readable(episode.nextDueAt)}</dd>
      </dl>
      <section class="card" aria-labelledby="timeline">
        <h2 id="timeline">Timeline</h2>
        <Timeline entries={episode.timeline} />
      </section>
      <section class="card" aria-labelledby="emails">
        <h2 id="emails">Emails to this address</h2>
        {props.emails.length === 0 ? <p>None yet.</p> : <EmailTable emails={props.emails} />}
      </section>
    </>
  );
};

/** The inbox, a page at a time. */
export const InboxPage = (props: {
  readonly emails: readonly InboxEntry[];
  readonly total: number;
  readonly offset: number;
  readonly pageSize: number;
}): VNode => (
  <>
    <h1>Inbox of everybody</h1>
    <section class="card">
      {props.total === 0 ? <p>No email yet.</p> : <EmailTable emails={props.emails} />}
    </section>
    <nav aria-label="Pages of the inbox">
      {props.offset > 0 && (
        <a href={`/console/emails?offset=${Math.max(0, props.offset - props.pageSize)}`}>Newer</a>
      )}
      {props.offset + props.pageSize < props.total && (
        <a href={`/console/emails?offset=${props.offset + props.pageSize}`}>Older</a>
      )}
    </nav>
  </>
);

/** Takes a text, gives it with its links pressable. */
const Linked = ({ text }: { readonly text: string }): VNode => (
  <pre>
    {text.split(/(https?:\/\/[^\s<>"')\]]+)/).map((part, index) =>
      index % 2 === 1 ? (
        <a href={part} target="_blank" rel="noreferrer">
          {part}
        </a>
      ) : (
        part
      ),
    )}
  </pre>
);

/** One email: as the patient sees it, its text part, its headers. */
export const EmailPage = ({ email }: { readonly email: OpenedEmail }): VNode => (
  <>
    <h1>{email.subject === '' ? '(no subject)' : email.subject}</h1>
    <dl class="facts">
      <dt>To</dt>
      <dd>{email.destination.join(', ')}</dd>
      <dt>From</dt>
      <dd>{email.headers.find(({ name }) => name.toLowerCase() === 'from')?.value ?? email.source}</dd>
      <dt>Sent</dt>
      <dd>{readable(email.at)}</dd>
    </dl>
    <div class="columns email">
      <section class="card" aria-labelledby="text">
        <h2 id="text">As text</h2>
        {email.text === undefined ? <p>It has no text part.</p> : <Linked text={email.text} />}
        <details>
          <summary>Headers</summary>
          <dl class="facts">
            {email.headers.flatMap(({ name, value }) => [<dt>{name}</dt>, <dd>{value}</dd>])}
          </dl>
        </details>
      </section>
      <section aria-labelledby="html">
        <h2 id="html">As the patient sees it</h2>
        {email.html === undefined ? (
          <p>It has no HTML part.</p>
        ) : (
          <iframe
            title="The email as HTML"
            src={`${emailPath(email.messageId)}/html`}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
          />
        )}
      </section>
    </div>
  </>
);
