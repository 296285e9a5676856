import { acceptContactWith } from '../../shared/care/intake/accept-contact.ts';
import { acceptProcedureWith } from '../../shared/care/intake/accept-procedure.ts';
import { careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import { documentClient } from '../../shared/platform/aws/dynamodb.ts';
import { type Environment, readEnvironment } from '../../shared/platform/environment.ts';
import { hashedId } from '../../shared/platform/logging/hashed-id.ts';
import { loggedInvocations, noteSubject } from '../../shared/platform/logging/invocation.ts';
import type { Runtime } from '../../shared/platform/logging/runtime.ts';
import { environmentSchema } from './environment.ts';
import { parseEvent } from './parse-event.ts';

/** Creates the handler that turns an event from the bus into an episode, a correction or news about a patient. */
export const createHandler = (environment: Environment, { clock, log, metrics }: Runtime) => {
  const settings = readEnvironment(environmentSchema, environment);
  const store = careStoreOn(documentClient(), settings.CARE_TABLE);
  const defaults = { zone: settings.DEFAULT_ZONE, locale: settings.DEFAULT_LOCALE };
  const acceptProcedure = acceptProcedureWith(store, clock, defaults);
  const acceptContact = acceptContactWith(store, clock, defaults);
  return loggedInvocations(log, async (event: unknown) => {
    const parsed = parseEvent(event, clock.now());
    const { patientId } = parsed.kind === 'procedure' ? parsed.report.patient : parsed.report;
    noteSubject({ patient: hashedId(patientId) });
    const accepted =
      parsed.kind === 'procedure' ? await acceptProcedure(parsed.report) : await acceptContact(parsed.report);
    log.info('event.accepted', {
      kind: parsed.kind,
      outcome: accepted.outcome,
      ...(parsed.notes.length === 0 ? {} : { notes: parsed.notes.join(' ') }),
    });
    metrics.add(`Event-${accepted.outcome}`, 1);
    return accepted;
  });
};
