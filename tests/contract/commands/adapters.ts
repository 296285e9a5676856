import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TableNames } from '../../../infra/laptop/emulation/dynamodb/make-tables.ts';
import { pauseStoreOn } from '../../../shared/care/emailing/aws/pause-store.ts';
import { careScanOn, careStoreOn } from '../../../shared/care/patient/aws/care-store.ts';
import { erasedPatientsOn } from '../../../shared/care/patient/aws/erased-patients.ts';
import { noticeStoreOn } from '../../../shared/care/staff/aws/notice-store.ts';
import {
  cellRepairOn,
  countingScanOn,
  countingStoreOn,
} from '../../../shared/counting/aws/counting-store.ts';
import { careOverviewOn } from '../../../shared/operations/aws/care-overview.ts';
import { erasureStoreOn } from '../../../shared/operations/aws/erasure-store.ts';
import { cellStoreOn, residueStoreOn } from '../../../shared/outcomes/cells/aws/cell-store.ts';
import {
  candidateStoreOn,
  publishedReleasesOn,
  releaseStoreOn,
} from '../../../shared/outcomes/release/aws/release-store.ts';
import type { SentCommand } from '../../support/labs/recorded-commands.ts';

/** Creates every adapter of the tables, under the name of the function that creates it. */
export const adaptersOn = (client: DynamoDBDocumentClient, tables: TableNames) => {
  const care = careStoreOn(client, tables.care);
  const counting = countingStoreOn(client, tables);
  return {
    careStoreOn: care,
    careScanOn: careScanOn(client, tables.care, care),
    pauseStoreOn: pauseStoreOn(client, tables.care),
    erasedPatientsOn: erasedPatientsOn(client, tables.care),
    noticeStoreOn: noticeStoreOn(client, tables.care),
    countingStoreOn: counting,
    countingScanOn: countingScanOn(client, tables.care, counting),
    cellStoreOn: cellStoreOn(client, tables.outcomes),
    residueStoreOn: residueStoreOn(client, tables.outcomes),
    cellRepairOn: cellRepairOn(client, tables.outcomes),
    publishedReleasesOn: publishedReleasesOn(client, tables.outcomes),
    releaseStoreOn: releaseStoreOn(client, tables.outcomes),
    candidateStoreOn: candidateStoreOn(client, tables.outcomes),
    erasureStoreOn: erasureStoreOn(client, tables),
    careOverviewOn: careOverviewOn(client, tables.care),
  };
};

export type Adapters = ReturnType<typeof adaptersOn>;

type MethodNames = { [A in keyof Adapters]: `${A}.${keyof Adapters[A] & string}` }[keyof Adapters];

/** One way in which the tables are read or written, and the very commands it consists of. */
export type AccessPattern = {
  /** The promise that the commands keep; it names the row. */
  readonly promise: string;
  readonly method: MethodNames;
  /** Stores what the method needs. */
  readonly given?: (adapters: Adapters) => Promise<unknown>;
  readonly run: (adapters: Adapters) => Promise<unknown>;
  readonly sends: readonly SentCommand[];
};

/** Reads a scan to its end. */
export const all = async <T>(items: AsyncIterable<T>): Promise<readonly T[]> => {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
};
