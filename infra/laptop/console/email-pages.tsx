import type { VNode } from 'preact';
import type { InboxEntry, OpenedEmail } from '../emulation/ses/inbox.ts';
import { Scroll } from './elements.tsx';
import { emailPath, readable } from './words.ts';

const subjectOf = ({ subject }: InboxEntry): string => (subject === '' ? '(no subject)' : subject);

/** Lists the emails in the order given. */
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
              <a href={emailPath(email.messageId)}>{subjectOf(email)}</a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);

/** One page of the inbox. */
export const InboxPage = (props: {
  readonly emails: readonly InboxEntry[];
  readonly total: number;
  readonly offset: number;
  readonly pageSize: number;
}): VNode => (
  <>
    <h1>Inbox of all patients</h1>
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

/** A plain text with its URLs as links. */
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

/** One email: its HTML as the patient sees it, its text part and its headers. */
export const EmailPage = ({ email }: { readonly email: OpenedEmail }): VNode => (
  <>
    <h1>{subjectOf(email)}</h1>
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
