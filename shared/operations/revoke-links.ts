import type { CareWrite } from '../care/patient/care-writes.ts';
import { decideAndCommit, revised } from '../care/patient/commit-change.ts';
import type { PatientId } from '../care/patient/ids.ts';
import { withLinksEnded } from '../care/patient/links.ts';
import type { CareStore } from '../care/patient/ports.ts';
import type { Clock } from '../platform/ports.ts';

/** What became of the links. `would-revoke`: nothing was stored, because it was only asked for. */
export type Revocation = { readonly outcome: 'revoked' | 'would-revoke' | 'not-found' };

/**
 * Creates the use case that ends every link sent to a patient so far. Emails still to come have new ones. A dry run
 * stores nothing.
 */
export const revokeLinksWith =
  ({ store, clock }: { readonly store: CareStore; readonly clock: Clock }) =>
  (patientId: PatientId, { isDryRun }: { readonly isDryRun: boolean }): Promise<Revocation> =>
    decideAndCommit<Revocation>(
      store,
      patientId,
      ({ profile }) => {
        if (profile === undefined) return { writes: [], result: { outcome: 'not-found' } };
        if (isDryRun) return { writes: [], result: { outcome: 'would-revoke' } };
        const writes: readonly CareWrite[] = [
          { kind: 'profile', item: revised(withLinksEnded(profile, 'revoked')) },
          { kind: 'audit', item: { patientId, at: clock.now(), action: 'links-revoked' } },
        ];
        return { writes, result: { outcome: 'revoked' } };
      },
      { outcome: 'not-found' },
    );
