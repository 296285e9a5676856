import type { VNode } from 'preact';
import { locales } from '../../../shared/platform/locale.ts';
import type { ConsoleData } from './console-data.ts';
import { offeredZones } from './words.ts';

/** The fields of a form as typed; a rejected form is shown again with them. */
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

export const ProcedureForm = (props: {
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
          <strong>Not recorded:</strong>
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
          hint="Any address: email goes to this console's inbox only. The simulator's addresses bounce or complain."
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
