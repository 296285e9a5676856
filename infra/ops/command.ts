import { Command } from 'commander';
import * as z from 'zod';
import type { Io } from './io.ts';
import { openSystem, type System } from './system.ts';

/** What a command is given. */
export type Given<Options> = {
  readonly system: System;
  readonly io: Io;
  readonly args: readonly string[];
  readonly options: Options;
};

/** Does the work; false means that what was asked for is not as it should be: exit code 1. */
export type Work<Options> = (given: Given<Options>) => Promise<boolean>;

/** Where commands put their exit code. */
export type Run = { readonly io: Io; readonly end: (isGood: boolean) => void };

const commonOptions = z.object({ stage: z.string().optional(), folder: z.string() });

/**
 * Takes a command, the schema of its options and the work, gives the command doing the work on the system that the
 * common options name. The system is closed whatever happens.
 */
export const onSystem = <Schema extends z.ZodType>(
  command: Command,
  { io, end }: Run,
  schema: Schema,
  work: Work<z.infer<Schema>>,
): Command =>
  command.action(async (...given: readonly unknown[]) => {
    const called = given.findLast((one) => one instanceof Command) ?? command;
    const raw: unknown = called.optsWithGlobals();
    const options = schema.parse(raw);
    const system = await openSystem(commonOptions.parse(raw), io.environment);
    try {
      end(await work({ system, io, args: called.args, options }));
    } finally {
      await system.close();
    }
  });

/** The option that nearly every command has. */
export const jsonOption = ['--json', 'print the result as JSON'] as const;

/** Its schema. */
export const withJson = z.object({ json: z.boolean().default(false) });
