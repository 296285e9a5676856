import type { VNode } from 'preact';
import { locales } from '../../../shared/platform/locale.ts';
import type { InboxEntry } from '../emulation/ses/inbox.ts';
import type { ConsoleData, EpisodeSummary } from './console-data.ts';
import { Scroll } from './scroll.tsx';
import { Tag } from './tag.tsx';
import { emailPath, episodePath, episodeStatusWords, familyWords, offeredZones, readable } from './words.ts';

/** What was typed into the form, to show it again. */
export type FormValues = Readonly<Record<string, string>>;

const suggestedAddresses = [
  'pat@example.com',
  'bounce+1@simulator.amazonses.com',
  'complaint+1@simulator.amazonses.com',
  'ooto+1@simulator.amazonses.com',
] as const;

const Field = (props: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly type?: 'text' | 'date' | 'email';
  readonly required?: boolean;
  readonly list?: string;
  readonly hint?: string;
}): VNode => (
  <p class="field">
    <label for={props.name}>{props.label}</label>
    <input
      id={props.name}
      name={props.name}
      type={props.type ?? 'text'}
      value={props.value}
      required={props.required ?? false}
      autocomplete="off"
      {...(props.list !== undefined && { list: props.list })}
      {...(props.hint !== undefined && { 'aria-describedby': `${props.name}-hint` })}
    />
    {props.hint !== undefined && (
      <span class="hint" id={`${props.name}-hint`}>
        {props.hint}
      </span>
    )}
  </p>
);

const Choice = (props: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}): VNode => (
  <p class="field">
    <label for={props.name}>{props.label}</label>
    <select id={props.name} name={props.name}>
      {props.options.map(({ value, label }) => (
        <option value={value} selected={value === props.value}>
          {label}
        </option>
      ))}
    </select>
  </p>
);

const languageWords = { en: 'English', es: 'Spanish' } as const;

const ProcedureForm = (props: {
  readonly procedures: ConsoleData['procedures'];
  readonly values: FormValues;
  readonly problems: readonly string[];
}): VNode => {
  const value = (name: string): string => props.values[name] ?? '';
  return (
    <section class="card" aria-labelledby="complete">
      <h2 id="complete">Complete a procedure</h2>
      {props.problems.length > 0 && (
        <div class="problems" role="alert">
          <strong>Not taken:</strong>
          <ul>
            {props.problems.map((problem) => (
              <li>{problem}</li>
            ))}
          </ul>
        </div>
      )}
      <form method="post" action="/console/procedures">
        <Choice name="procedure" label="Procedure" value={value('procedure')} options={props.procedures} />
        <Field name="serviceDate" label="Done on" type="date" value={value('serviceDate')} required />
        <Field name="patientId" label="Patient id" value={value('patientId')} required />
        <Field
          name="email"
          label="Email"
          type="email"
          value={value('email')}
          list="addresses"
          hint="Any address: the email stays in the inbox here. The simulator's addresses bounce or complain."
        />
        <datalist id="addresses">
          {suggestedAddresses.map((address) => (
            <option value={address} />
          ))}
        </datalist>
        <Field name="givenName" label="Given name (optional)" value={value('givenName')} />
        <Choice
          name="zone"
          label="Time zone"
          value={value('zone')}
          options={offeredZones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
        />
        <Choice
          name="locale"
          label="Language"
          value={value('locale')}
          options={locales.map((locale) => ({ value: locale, label: languageWords[locale] }))}
        />
        <button type="submit" class="main">
          Complete procedure
        </button>
      </form>
    </section>
  );
};

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
              <th scope="col">State</th>
              <th scope="col" class="number">
                Emails
              </th>
              <th scope="col" class="number">
                Answers
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
                <td class="number">{episode.answers}</td>
                <td>{episode.nextDueAt === undefined ? 'none' : readable(episode.nextDueAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    )}
  </section>
);

/** The emails as a table, newest first. */
export const EmailTable = ({ emails }: { readonly emails: readonly InboxEntry[] }): VNode => (
  <Scroll label="Emails">
    <table>
      <thead>
        <tr>
          <th scope="col">Sent</th>
          <th scope="col">To</th>
          <th scope="col">Subject</th>
        </tr>
      </thead>
      <tbody>
        {emails.map((email) => (
          <tr>
            <td>{readable(email.at)}</td>
            <td>{email.destination.join(', ')}</td>
            <td>
              <a href={emailPath(email.messageId)}>{email.subject === '' ? '(no subject)' : email.subject}</a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);

/** The first page: the form, the published sentences, the newest emails, the newest episodes. */
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
            <p>Nothing yet: a sentence needs at least 30 answers at three months.</p>
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
