// A `victim.ts` program: runs the local SES in the folder of its argument. Its event handler never finishes.
import { startEmailServer } from '../../../infra/laptop/emulation/ses/email-server.ts';

const email = await startEmailServer({
  folder: process.argv[2] ?? '',
  clock: { now: () => '2026-03-02T15:00:00Z' },
  onEvent: () => new Promise(() => undefined),
});
process.stdout.write(`ready ${email.endpoint}\n`);
