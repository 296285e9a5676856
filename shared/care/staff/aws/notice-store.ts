import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { guardedText } from '../../../platform/guarded-text.ts';
import { isUtcInstant } from '../../../platform/time.ts';
import type { StaffNotice } from '../../patient/care-writes.ts';
import { isPatientId } from '../../patient/ids.ts';
import type { NoticeStore } from '../../patient/ports.ts';
import { noticeKinds } from '../staff-notices.ts';

const noticeItem = z.object({
  patientId: guardedText(isPatientId),
  kind: z.enum(noticeKinds),
  at: guardedText(isUtcInstant),
});

/** Creates the reader of staff notices. It scans the whole `care` table: only operations uses it, and rarely. */
export const noticeStoreOn = (client: DynamoDBDocumentClient, table: string): NoticeStore => ({
  since: async (at) => {
    const notices: StaffNotice[] = [];
    const pages = paginateScan(
      { client },
      {
        TableName: table,
        FilterExpression: 'begins_with(sk, :notice) AND #at >= :since',
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: { ':notice': 'NOTICE#', ':since': at },
      },
    );
    for await (const { Items = [] } of pages) notices.push(...Items.map((item) => noticeItem.parse(item)));
    return notices.toSorted((a, b) => a.at.localeCompare(b.at));
  },
});
