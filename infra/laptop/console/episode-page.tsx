import type { VNode } from 'preact';
import type { TouchpointStatus } from '../../../shared/care/patient/episode.ts';
import type { InboxEntry } from '../emulation/ses/inbox.ts';
import type { EpisodeDetail, TimelineEntry } from './console-data.ts';
import { Scroll, Tag } from './elements.tsx';
import { EmailTable } from './email-pages.tsx';
import {
  dueWords,
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
          <th scope="col">Step</th>
          <th scope="col">Planned for</th>
          <th scope="col">Window</th>
          <th scope="col">Status</th>
          <th scope="col">Emails</th>
          <th scope="col">Answered</th>
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

/** One episode: its facts, its timeline, and the emails to its patient's address. */
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
        <dt>Status</dt>
        <dd>
          {episodeStatusWords[episode.status]}
          {episode.stop !== undefined && `: ${episode.stop}`}
        </dd>
        <dt>Next email</dt>
        <dd>{dueWords(episode.nextDueAt)}</dd>
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
