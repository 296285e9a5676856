import { DatabaseSync } from 'node:sqlite';

const maxLockWaitMs = 5000;

/**
 * Adds an index to the stream table in the file of a running dynoxide. To number the next stream record, dynoxide
 * 1.2 looks up the highest number, which without an index scans the whole stream: at 25,000 records a write took
 * ten times as long as in an empty store. Does nothing when the stream table has other columns than expected.
 */
export const indexStream = (file: string): void => {
  const database = new DatabaseSync(file, { timeout: maxLockWaitMs });
  try {
    const columns = database
      .prepare('SELECT name FROM pragma_table_info(?)')
      .all('_stream_records')
      .map(({ name }) => name);
    if (!['table_name', 'sequence_number'].every((column) => columns.includes(column))) return;
    database.exec(
      `CREATE INDEX IF NOT EXISTS _stream_records_by_number
       ON _stream_records (table_name, CAST(sequence_number AS INTEGER))`,
    );
  } finally {
    database.close();
  }
};
