import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { StaffNotice } from '../../patient/care-writes.ts';
import type { NoticeStore } from '../../patient/ports.ts';
import { noticeKinds } from '../../patient/staff-notices.ts';

const noticeItem = z.object({ patientId: z.string(), kind: z.enum(noticeKinds), at: z.string() });

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
