// Run by a test that kills it: the local SES in the folder given, whose mail events nobody ever finishes.
import { startMailServer } from '../../../infra/laptop/emulation/ses/email-server.ts';

const mail = await startMailServer({
  folder: process.argv[2] ?? '',
  clock: { now: () => '2026-03-02T15:00:00Z' },
  onEvent: () => new Promise(() => undefined),
});
process.stdout.write(`ready ${mail.endpoint}\n`);
