import type { VNode } from 'preact';
import type { InboxEntry } from '../emulation/ses/inbox.ts';
import type { ConsoleData, EpisodeSummary } from './console-data.ts';
import { Scroll, Tag } from './elements.tsx';
import { EmailTable } from './email-pages.tsx';
import { type FormValues, ProcedureForm } from './procedure-form.tsx';
import { dueWords, episodePath, episodeStatusWords, familyWords } from './words.ts';

const Episodes = ({
  total,
  newest,
}: {
  readonly total: number;
  readonly newest: readonly EpisodeSummary[];
}): VNode => (
  <section class="card" aria-labelledby="episodes">
    <h2 id="episodes">Episodes ({newest.length < total ? `newest ${newest.length} of ${total}` : total})</h2>
    {newest.length === 0 ? (
      <p>None yet. Complete a procedure to start one.</p>
    ) : (
      <Scroll label="Episodes">
        <table>
          <thead>
            <tr>
              <th scope="col">Patient</th>
              <th scope="col">Procedure</th>
              <th scope="col">Done on</th>
              <th scope="col">Status</th>
              <th scope="col" class="number">
                Emails
              </th>
              <th scope="col" class="number">
                Surveys answered
              </th>
              <th scope="col">Next email</th>
            </tr>
          </thead>
          <tbody>
            {newest.map((episode) => (
              <tr>
                <td>
                  <a href={episodePath(episode)}>{episode.patientId}</a>
                </td>
                <td>{familyWords[episode.family]}</td>
                <td>{episode.serviceDate}</td>
                <td>
                  <Tag mood={episode.status === 'active' ? 'busy' : 'plain'}>
                    {episodeStatusWords[episode.status]}
                    {episode.stop !== undefined && `: ${episode.stop}`}
                  </Tag>
                </td>
                <td class="number">{episode.emails}</td>
                <td class="number">{episode.responses}</td>
                <td>{dueWords(episode.nextDueAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    )}
  </section>
);

/** The start page: procedure form, published sentences, newest emails and episodes. */
export const Overview = (props: {
  readonly procedures: ConsoleData['procedures'];
  readonly values: FormValues;
  readonly problems: readonly string[];
  readonly episodes: Awaited<ReturnType<ConsoleData['episodes']>>;
  readonly emails: readonly InboxEntry[];
  readonly sentences: readonly string[];
}): VNode => (
  <>
    <h1>From procedure to published sentence</h1>
    <div class="columns">
      <ProcedureForm procedures={props.procedures} values={props.values} problems={props.problems} />
      <div>
        <section class="card" aria-labelledby="sentences">
          <h2 id="sentences">Published now</h2>
          {props.sentences.length === 0 ? (
            <p>Nothing yet: a sentence needs at least 30 patients who answered at three months.</p>
          ) : (
            <ul class="sentences">
              {props.sentences.map((sentence) => (
                <li>{sentence}</li>
              ))}
            </ul>
          )}
          <form method="post" action="/console/publish">
            <button type="submit">Publish now</button> <a href="/stats">See the evidence</a>
          </form>
        </section>
        <section class="card" aria-labelledby="newest-emails">
          <h2 id="newest-emails">Newest emails</h2>
          {props.emails.length === 0 ? (
            <p>None yet. Complete a procedure, then move the clock to the next due email.</p>
          ) : (
            <EmailTable emails={props.emails} />
          )}
        </section>
        <Episodes {...props.episodes} />
      </div>
    </div>
  </>
);
