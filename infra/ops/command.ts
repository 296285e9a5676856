import { Command } from 'commander';
import * as z from 'zod';
import type { Io } from './io.ts';
import { openSystem, type System } from './system.ts';

export type CommandCall<Options> = {
  readonly system: System;
  readonly io: Io;
  readonly args: readonly string[];
  readonly options: Options;
};

/** Runs a command. Resolves to false for exit code 1: it failed, or what it checked is wrong. */
export type CommandAction<Options> = (call: CommandCall<Options>) => Promise<boolean>;

/** What a command needs from the program: its terminal, and where to report success. */
export type Run = { readonly io: Io; readonly end: (isGood: boolean) => void };

const commonOptions = z.object({ stage: z.string().optional(), folder: z.string() });

/**
 * Makes a command run `action` on the system that the common options select, with its options parsed by `schema`.
 * The system is closed even when the action throws.
 */
export const onSystem = <Schema extends z.ZodType>(
  command: Command,
  { io, end }: Run,
  schema: Schema,
  action: CommandAction<z.infer<Schema>>,
): Command =>
  command.action(async (...parameters: readonly unknown[]) => {
    const called = parameters.findLast((parameter) => parameter instanceof Command) ?? command;
    const raw: unknown = called.optsWithGlobals();
    const options = schema.parse(raw);
    const system = await openSystem(commonOptions.parse(raw), io.environment);
    try {
      end(await action({ system, io, args: called.args, options }));
    } finally {
      await system.close();
    }
  });

export const jsonOption = ['--json', 'print the result as JSON'] as const;

/** Schema of the options of a command with `jsonOption`. */
export const withJson = z.object({ json: z.boolean().default(false) });
