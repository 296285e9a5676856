import type { VNode } from 'preact';
import type { TouchpointStatus } from '../../../shared/care/patient/episode.ts';
import type { InboxEntry, OpenedMail } from '../emulation/ses/inbox.ts';
import type { EpisodeDetail, TimelineEntry } from './console-data.ts';
import { MailTable } from './overview.tsx';
import { Scroll } from './scroll.tsx';
import { Tag } from './tag.tsx';
import {
  episodeStatusWords,
  familyWords,
  mailPath,
  readable,
  touchpointStatusWords,
  touchpointWords,
} from './words.ts';

const moods: Readonly<Record<TouchpointStatus, 'plain' | 'good' | 'bad' | 'busy'>> = {
  planned: 'plain',
  contacted: 'busy',
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

const mailWords = (entry: TimelineEntry): string => {
  if (entry.mails === 0) return '';
  const last = entry.lastMailOn === undefined ? '' : `, last ${entry.lastMailOn}`;
  return `${entry.mails}${last}${entry.delivered === true ? ', delivered' : ''}`;
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
          <th scope="col">Mails</th>
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
            <td>{mailWords(entry)}</td>
            <td>{answerWords(entry)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);

/** One episode: who, what is next, the timeline, the mails. */
export const EpisodePage = (props: {
  readonly episode: EpisodeDetail;
  readonly mails: readonly InboxEntry[];
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
        <dt>Next mail</dt>
        <dd>{episode.nextDueAt === undefined ? 'none' : readable(episode.nextDueAt)}</dd>
      </dl>
      <section class="card" aria-labelledby="timeline">
        <h2 id="timeline">Timeline</h2>
        <Timeline entries={episode.timeline} />
      </section>
      <section class="card" aria-labelledby="mails">
        <h2 id="mails">Mails to this address</h2>
        {props.mails.length === 0 ? <p>None yet.</p> : <MailTable mails={props.mails} />}
      </section>
    </>
  );
};

/** The inbox, a page at a time. */
export const InboxPage = (props: {
  readonly mails: readonly InboxEntry[];
  readonly total: number;
  readonly offset: number;
  readonly pageSize: number;
}): VNode => (
  <>
    <h1>Inbox of everybody</h1>
    <section class="card">
      {props.total === 0 ? <p>No mail yet.</p> : <MailTable mails={props.mails} />}
    </section>
    <nav aria-label="Pages of the inbox">
      {props.offset > 0 && (
        <a href={`/console/mails?offset=${Math.max(0, props.offset - props.pageSize)}`}>Newer</a>
      )}
      {props.offset + props.pageSize < props.total && (
        <a href={`/console/mails?offset=${props.offset + props.pageSize}`}>Older</a>
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

/** One mail: as the patient sees it, its text part, its headers. */
export const MailPage = ({ mail }: { readonly mail: OpenedMail }): VNode => (
  <>
    <h1>{mail.subject === '' ? '(no subject)' : mail.subject}</h1>
    <dl class="facts">
      <dt>To</dt>
      <dd>{mail.destination.join(', ')}</dd>
      <dt>From</dt>
      <dd>{mail.headers.find(({ name }) => name.toLowerCase() === 'from')?.value ?? mail.source}</dd>
      <dt>Sent</dt>
      <dd>{readable(mail.at)}</dd>
    </dl>
    <div class="columns mail">
      <section class="card" aria-labelledby="text">
        <h2 id="text">As text</h2>
        {mail.text === undefined ? <p>It has no text part.</p> : <Linked text={mail.text} />}
        <details>
          <summary>Headers</summary>
          <dl class="facts">
            {mail.headers.flatMap(({ name, value }) => [<dt>{name}</dt>, <dd>{value}</dd>])}
          </dl>
        </details>
      </section>
      <section aria-labelledby="html">
        <h2 id="html">As the patient sees it</h2>
        {mail.html === undefined ? (
          <p>It has no HTML part.</p>
        ) : (
          <iframe
            title="The mail as HTML"
            src={`${mailPath(mail.messageId)}/html`}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
          />
        )}
      </section>
    </div>
  </>
);
