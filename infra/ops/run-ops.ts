import { Command, CommanderError } from 'commander';
import type { Run } from './command.ts';
import { certificateCommand } from './commands/figures/certificate.ts';
import { claimsCommand } from './commands/figures/claims-lint.ts';
import { recomputeCommand } from './commands/figures/recompute.ts';
import { releaseCommand } from './commands/figures/release.ts';
import { verifyCommand } from './commands/figures/verify.ts';
import { dueCommand } from './commands/patients/due.ts';
import { enrollCommand } from './commands/patients/enroll.ts';
import { eraseCommand } from './commands/patients/erase.ts';
import { exportCommand } from './commands/patients/export.ts';
import { importCommand } from './commands/patients/import.ts';
import { revokeLinksCommand } from './commands/patients/revoke-links.ts';
import { worklistCommand } from './commands/patients/worklist.ts';
import { clockCommand } from './commands/system/clock.ts';
import { pauseCommand, resumeCommand } from './commands/system/pause.ts';
import { replayFailedCommand } from './commands/system/replay-failed.ts';
import { smokeCommand } from './commands/system/smoke.ts';
import { statusCommand } from './commands/system/status.ts';
import type { Io } from './io.ts';
import { lineFor } from './problems.ts';

const commands: readonly { readonly group: string; readonly make: readonly ((run: Run) => Command)[] }[] = [
  { group: 'Inspect:', make: [statusCommand, dueCommand, worklistCommand] },
  { group: 'Procedures:', make: [enrollCommand, importCommand] },
  { group: 'One patient:', make: [exportCommand, revokeLinksCommand, eraseCommand] },
  {
    group: 'Counts and releases:',
    make: [recomputeCommand, releaseCommand, verifyCommand, certificateCommand, claimsCommand],
  },
  {
    group: 'Operate:',
    make: [pauseCommand, resumeCommand, replayFailedCommand, smokeCommand, clockCommand],
  },
];

const programWith = (run: Run): Command => {
  const program = new Command('npm run ops --')
    .description(
      'Operates Aftercare: the running laptop (`npm start`) or its store, or with --stage a deployed stage, using the AWS credentials of your shell.',
    )
    .option('--stage <name>', 'a stage from infra/settings/stages.json')
    .option('--folder <path>', "the laptop's store", '.local')
    .configureHelp({ showGlobalOptions: true })
    .helpCommand(false);
  for (const { group, make } of commands) {
    for (const makeCommand of make) program.addCommand(makeCommand(run).helpGroup(group));
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

/** Runs the command in `args`, the arguments after the program's name, and returns its exit code. */
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
