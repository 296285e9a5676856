import { DatabaseSync } from 'node:sqlite';

const busyLimitMs = 5000;

/**
 * Takes the file of a running embedded DynamoDB and gives its stream table an index. For the number of the next
 * stream record dynoxide 1.2 asks for the highest one there is, which without an index reads all of them: at
 * 25,000 records a write took ten times as long as in an empty store. A store that keeps its stream in another
 * way is left as it is.
 */
export const indexStream = (file: string): void => {
  const database = new DatabaseSync(file, { timeout: busyLimitMs });
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
