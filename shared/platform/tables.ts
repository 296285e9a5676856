/**
 * The two tables, as data: CDK creates them on AWS and the laptop creates them locally from this description.
 * `care` holds people, `outcomes` holds counts and releases; see `docs/architecture.md`.
 */
export type TableDefinition = {
  readonly partitionKey: string;
  readonly sortKey: string;
  /** Attribute with the epoch second from which DynamoDB may delete the item. */
  readonly timeToLive?: string;
  /** What the stream carries. */
  readonly stream?: 'KEYS_ONLY';
  readonly indexes: readonly {
    readonly name: string;
    readonly partitionKey: string;
    readonly sortKey: string;
    readonly projection: 'KEYS_ONLY';
  }[];
};

/**
 * The stream carries keys only: what is counted is read from the table, so no personal data ends in a dead letter.
 */
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
 * Number of partitions of the due index. One takes 1,000 index writes a second and an email costs two, so two serve
 * 1,000 emails a second, many times what SES grants an account; each further one costs every sweep a query. An
 * episode's shard is a hash of its patient, so one sender sees all of a patient's episodes.
 */
export const dueShardCount = 2;

/** Partition keys of both tables by what the partitions hold; `*` stands for any ending. IAM grants access by them. */
export const partitions = {
  care: {
    patients: 'PATIENT#*',
    links: 'LINK#*',
    records: 'RECORD#*',
    audit: 'AUDIT#*',
    erased: 'ERASED#*',
    counted: 'COUNTED#*',
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
