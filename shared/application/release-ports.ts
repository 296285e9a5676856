import type { Release } from '../domain/release-schema.ts';

/** The numbered releases. A number, once stored, never changes. */
export type ReleaseStore = {
  /** The release with the highest number; undefined when there is none yet. */
  readonly latest: () => Promise<Release | undefined>;
  readonly get: (number: number) => Promise<Release | undefined>;
  /** All releases, by rising number. */
  readonly all: () => Promise<readonly Release[]>;
  /** Stores under `release.public.number`, unless that number is taken. */
  readonly put: (release: Release) => Promise<'stored' | 'exists'>;
};

/** The release that waits for approval: one at most, replaced by a newer one. */
export type ProposalStore = {
  readonly get: () => Promise<Release | undefined>;
  readonly put: (release: Release) => Promise<void>;
};
