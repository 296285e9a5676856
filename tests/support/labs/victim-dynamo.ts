// A `victim.ts` program: runs the embedded DynamoDB in the folder of its argument until it is killed.
import { startDynamo } from '../../../infra/laptop/emulation/dynamodb/dynoxide.ts';

const dynamo = await startDynamo({ folder: process.argv[2] ?? '', environment: {} });
process.stdout.write(`ready ${dynamo.pid} ${dynamo.endpoint}\n`);
setInterval(() => undefined, 1000);
