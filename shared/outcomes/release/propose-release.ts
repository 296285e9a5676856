import { digestOf } from '../../platform/digest.ts';
import { present } from '../../platform/present.ts';
import {
  assembleCandidate,
  type CandidateStore,
  type PublishOptions,
  type PublishPorts,
} from './publish-release.ts';
import { isIntact } from './release.ts';
import type { Release } from './release-schema.ts';

export type ProposePorts = PublishPorts & { readonly candidates: CandidateStore };

export type ProposeOutcome =
  /** The new candidate replaces any that was waiting. */
  | { readonly outcome: 'proposed'; readonly release: Release }
  /** The waiting candidate says the same and keeps its digest, so its approver does not chase a moving target. */
  | { readonly outcome: 'waits'; readonly release: Release }
  | { readonly outcome: 'nothing-new'; readonly latest?: number };

/**
 * Digest of what a release publishes, without the dates on which it was assembled. A new day or a deployment alone
 * leaves the candidate, and the digest to approve, as they are.
 */
const contentDigestOf = ({ public: { createdOn: _, claims, ...rest } }: Release): string =>
  digestOf({
    ...rest,
    claims: claims.map((claim) => (claim.status === 'published' ? { ...claim, asOf: '' } : claim)),
  });

/** Assembles the next release and stores it as the candidate if it says anything new. */
export const proposeRelease = async (
  ports: ProposePorts,
  options: PublishOptions,
): Promise<ProposeOutcome> => {
  const { history, candidate } = await assembleCandidate(ports, options);
  const latest = history.at(-1)?.public.number;
  if (candidate.news.length === 0) return { outcome: 'nothing-new', ...present({ latest }) };
  const waiting = await ports.candidates.get();
  const isSame =
    waiting !== undefined &&
    isIntact(waiting) &&
    contentDigestOf(waiting) === contentDigestOf(candidate.release);
  if (isSame) return { outcome: 'waits', release: waiting };
  await ports.candidates.put(candidate.release);
  return { outcome: 'proposed', release: candidate.release };
};

export type ApproveOutcome =
  | { readonly outcome: 'published'; readonly release: Release }
  /** No candidate is waiting, or a different one is: then `waiting` is its digest. */
  | { readonly outcome: 'not-proposed'; readonly waiting?: string }
  /** The stored candidate does not match the digest it was proposed with. */
  | { readonly outcome: 'altered' }
  /** A release has been published in the meantime. */
  | { readonly outcome: 'overtaken' }
  /** The counts no longer yield the candidate: patients were corrected or withdrawn. */
  | { readonly outcome: 'moved-on' };

/**
 * Publishes the candidate with this digest and no other. The candidate is assembled and attacked again from today's
 * counts as of its own date, and published only if the result has the same bytes.
 */
export const approveRelease = async (
  ports: ProposePorts,
  options: PublishOptions,
  digest: string,
): Promise<ApproveOutcome> => {
  const waiting = await ports.candidates.get();
  if (waiting?.digest !== digest) {
    return { outcome: 'not-proposed', ...present({ waiting: waiting?.digest }) };
  }
  if (!isIntact(waiting)) return { outcome: 'altered' };
  const { history, candidate } = await assembleCandidate(ports, options, waiting.public.createdOn);
  if ((history.at(-1)?.public.number ?? 0) >= waiting.public.number) return { outcome: 'overtaken' };
  if (candidate.release.digest !== digest) return { outcome: 'moved-on' };
  const stored = await ports.releases.put(waiting);
  return stored === 'exists' ? { outcome: 'overtaken' } : { outcome: 'published', release: waiting };
};
