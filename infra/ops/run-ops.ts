import { Command, CommanderError } from 'commander';
import type { Run } from './command.ts';
import { certificateCommand } from './commands/certificate.ts';
import { claimsCommand } from './commands/claims-lint.ts';
import { clockCommand } from './commands/clock.ts';
import { dueCommand } from './commands/due.ts';
import { enrollCommand } from './commands/enroll.ts';
import { eraseCommand } from './commands/erase.ts';
import { exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { pauseCommand, resumeCommand } from './commands/pause.ts';
import { recomputeCommand } from './commands/recompute.ts';
import { releaseCommand } from './commands/release.ts';
import { replayFailedCommand } from './commands/replay-failed.ts';
import { smokeCommand } from './commands/smoke.ts';
import { statusCommand } from './commands/status.ts';
import { verifyCommand } from './commands/verify.ts';
import { worklistCommand } from './commands/worklist.ts';
import type { Io } from './io.ts';
import { lineFor } from './problems.ts';

const commands: readonly { readonly group: string; readonly make: readonly ((run: Run) => Command)[] }[] = [
  { group: 'Look:', make: [statusCommand, dueCommand, worklistCommand] },
  { group: 'Procedures:', make: [enrollCommand, importCommand] },
  { group: 'One patient:', make: [exportCommand, eraseCommand] },
  {
    group: 'Counts and releases:',
    make: [recomputeCommand, releaseCommand, verifyCommand, certificateCommand, claimsCommand],
  },
  {
    group: 'Running it:',
    make: [pauseCommand, resumeCommand, replayFailedCommand, smokeCommand, clockCommand],
  },
];

const programWith = (run: Run): Command => {
  const program = new Command('npm run ops --')
    .description(
      'Operations of Aftercare. Works on the laptop that `npm start` runs, or its store; with --stage on a deployed stage, with the AWS credentials of your shell.',
    )
    .option('--stage <name>', 'a stage of infra/settings/stages.json')
    .option('--folder <path>', "the laptop's store", '.local')
    .configureHelp({ showGlobalOptions: true })
    .helpCommand(false);
  for (const { group, make } of commands) {
    for (const one of make) program.addCommand(one(run).helpGroup(group));
  }
  return program;
};

const prepare = (command: Command, io: Io): void => {
  command.exitOverride().configureOutput({
    writeOut: (text) => io.say(text.trimEnd()),
    writeErr: (text) => io.complain(text.trimEnd()),
  });
  command.configureHelp({ showGlobalOptions: true });
  for (const child of command.commands) prepare(child, io);
};

/** Takes the arguments after the program's name and a terminal, does the command, gives the exit code. */
export const runOps = async (args: readonly string[], io: Io): Promise<number> => {
  let isGood = true;
  const program = programWith({
    io,
    end: (good) => {
      isGood = good;
    },
  });
  prepare(program, io);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return isGood ? 0 : 1;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    io.complain(lineFor(error));
    return 1;
  }
};
