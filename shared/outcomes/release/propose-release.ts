import { digestOf } from '../../platform/digest.ts';
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
  /** It waits from now on, instead of any before it. */
  | { readonly outcome: 'proposed'; readonly release: Release }
  /** What waits already says the same; its digest stays, so that nobody approves a moving target. */
  | { readonly outcome: 'waits'; readonly release: Release }
  | { readonly outcome: 'nothing-new'; readonly latest?: number };

/**
 * Digest of what a release publishes, without the days it was assembled on. A new day or a deployment alone leaves
 * the candidate, and the digest to approve, as they are.
 */
const contentDigestOf = ({ public: { createdOn: _, claims, ...rest } }: Release): string =>
  digestOf({
    ...rest,
    claims: claims.map((claim) => (claim.status === 'published' ? { ...claim, asOf: '' } : claim)),
  });

/** Makes the next release and stores it as the candidate, if the counts say something that the rules allow. */
export const proposeRelease = async (
  ports: ProposePorts,
  options: PublishOptions,
): Promise<ProposeOutcome> => {
  const { history, candidate } = await assembleCandidate(ports, options);
  const latest = history.at(-1)?.public.number;
  if (candidate.news.length === 0)
    return { outcome: 'nothing-new', ...(latest === undefined ? {} : { latest }) };
  const waiting = await ports.candidates.get();
  if (
    waiting !== undefined &&
    isIntact(waiting) &&
    contentDigestOf(waiting) === contentDigestOf(candidate.release)
  ) {
    return { outcome: 'waits', release: waiting };
  }
  await ports.candidates.put(candidate.release);
  return { outcome: 'proposed', release: candidate.release };
};

export type ApproveOutcome =
  | { readonly outcome: 'published'; readonly release: Release }
  /** Nothing waits, or something else does: its digest, if so. */
  | { readonly outcome: 'not-proposed'; readonly waiting?: string }
  /** What is stored does not have the digest it was proposed with. */
  | { readonly outcome: 'altered' }
  /** A release was published since. */
  | { readonly outcome: 'overtaken' }
  /** The counts no longer give it: patients were corrected or withdrawn. */
  | { readonly outcome: 'moved-on' };

/**
 * Publishes the candidate of this digest and no other. It is worked out and audited once more from today's counts,
 * as of its own date: only when the same bytes come out it is published.
 */
export const approveRelease = async (
  ports: ProposePorts,
  options: PublishOptions,
  digest: string,
): Promise<ApproveOutcome> => {
  const waiting = await ports.candidates.get();
  if (waiting?.digest !== digest) {
    return { outcome: 'not-proposed', ...(waiting === undefined ? {} : { waiting: waiting.digest }) };
  }
  if (!isIntact(waiting)) return { outcome: 'altered' };
  const { history, candidate } = await assembleCandidate(ports, options, waiting.public.createdOn);
  if ((history.at(-1)?.public.number ?? 0) >= waiting.public.number) return { outcome: 'overtaken' };
  if (candidate.release.digest !== digest) return { outcome: 'moved-on' };
  const stored = await ports.releases.put(waiting);
  return stored === 'exists' ? { outcome: 'overtaken' } : { outcome: 'published', release: waiting };
};
