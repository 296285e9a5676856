/**
 * The two tables, as data: the CDK stack makes them on AWS and the local runner on the laptop from this one
 * description. `care` holds people, `outcomes` holds counts and releases; see `docs/architecture.md`.
 */
export type TableDefinition = {
  readonly partitionKey: string;
  readonly sortKey: string;
  /** Attribute with the epoch second from which DynamoDB may delete the item. */
  readonly timeToLive?: string;
  /** What the stream carries of a change. */
  readonly stream?: 'KEYS_ONLY';
  readonly indexes: readonly {
    readonly name: string;
    readonly partitionKey: string;
    readonly sortKey: string;
    readonly projection: 'KEYS_ONLY';
  }[];
};

/** Only keys travel in the stream: what is counted is read from the table, so no person is in a dead letter. */
export const careTable = {
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLive: 'expiresOn',
  stream: 'KEYS_ONLY',
  indexes: [{ name: 'due', partitionKey: 'dueShard', sortKey: 'nextDueAt', projection: 'KEYS_ONLY' }],
} as const satisfies TableDefinition;

export const outcomesTable = {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: [],
} as const satisfies TableDefinition;

/**
 * Partitions of the due index. One takes 1,000 index writes a second and an email costs two, so two serve 1,000
 * emails a second, many times what SES gives an account; each further one costs every sweep a query. An
 * episode's shard is the hash of its patient, so one sender sees all of a patient's episodes.
 */
export const dueShardCount = 2;

/** Partition keys of both tables by what the partitions hold; `*` stands for any ending. IAM grants access by them. */
export const partitions = {
  care: {
    patients: 'PATIENT#*',
    links: 'LINK#*',
    audit: 'AUDIT#*',
    erased: 'ERASED#*',
    clinic: 'CLINIC',
  },
  outcomes: {
    cells: 'CELLS#*',
    residue: 'RESIDUE#*',
    releases: 'RELEASES',
    basis: 'BASIS',
    candidate: 'CANDIDATE',
  },
} as const;

/** Partition keys of the indexes of `care`, by index. */
export const indexPartitions = { due: 'DUE#*' } as const;
