// Run by a test that kills it: starts the embedded DynamoDB in the folder given and stays.
import { startDynamo } from '../../../infra/laptop/emulation/dynamodb/dynoxide.ts';

const dynamo = await startDynamo({ folder: process.argv[2] ?? '', environment: {} });
process.stdout.write(`ready ${dynamo.pid} ${dynamo.endpoint}\n`);
setInterval(() => undefined, 1000);
