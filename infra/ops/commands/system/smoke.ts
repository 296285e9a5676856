import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import * as z from 'zod';
import { patientId } from '../../../../shared/care/patient/ids.ts';
import { countPatientsWith } from '../../../../shared/counting/count-patients.ts';
import { flyCanaryWith, type SmokeStep } from '../../../../shared/operations/canary.ts';
import { erasePatientWith } from '../../../../shared/operations/erase-patient.ts';
import { jsonOption, onSystem, type Run, withJson } from '../../command.ts';
import { asJson } from '../../io.ts';
import { partsOf } from '../../parts.ts';
import { opsProblem } from '../../problems.ts';

const optionsSchema = withJson.extend({
  wait: z.coerce.number('--wait must be a number of seconds').int().min(1).max(3600),
});

const pollMs = 1000;

const untilIn =
  (seconds: number) =>
  async (holds: () => Promise<boolean>): Promise<boolean> => {
    const end = performance.now() + seconds * 1000;
    for (;;) {
      if (await holds()) return true;
      if (performance.now() >= end) return false;
      await sleep(pollMs);
    }
  };

/** Checks that the statistics page loads and that an unknown survey link shows our 404 page. */
const pagesAt = (origin: string) => async (): Promise<boolean> => {
  const get = (path: string) => fetch(`${origin}${path}`, { signal: AbortSignal.timeout(20_000) });
  try {
    const [stats, survey] = await Promise.all([
      get('/stats'),
      get(`/s/${randomBytes(18).toString('base64url')}`),
    ]);
    const isPage = survey.headers.get('content-type')?.includes('text/html') === true;
    return stats.ok && survey.status === 404 && isPage;
  } catch {
    return false;
  }
};

const lineOf = ({ step, result, detail }: SmokeStep): string =>
  `${step.padEnd(9)}  ${result.padEnd(7)}  ${detail}`;

export const smokeCommand = (run: Run): Command =>
  onSystem(
    new Command('smoke')
      .description(
        'Checks a deployment: enrolls a synthetic patient at the SES simulator, follows the email and erases the patient again.',
      )
      .option('--wait <seconds>', 'maximum wait for each step; the sender runs every 5 minutes', '420')
      .option(...jsonOption),
    run,
    optionsSchema,
    async ({ system, io, options }) => {
      if (system.place.kind === 'laptop' && system.place.origin === undefined) {
        throw opsProblem('The laptop is not running. Run `npm start`, then try again.');
      }
      const parts = partsOf(system);
      const steps: SmokeStep[] = [];
      const erase = erasePatientWith(parts);
      const passed = await flyCanaryWith({
        ...parts,
        count: (canary) => countPatientsWith(parts)([canary]),
        erase: async (canary) => void (await erase(canary)),
        until: untilIn(options.wait),
        pages: system.pages === undefined ? undefined : pagesAt(system.pages),
        onStep: (step) => {
          steps.push(step);
          if (!options.json) io.say(lineOf(step));
        },
      })(patientId(`canary-${randomBytes(6).toString('hex')}`));
      if (options.json) io.say(asJson({ passed, steps }));
      if (!passed) io.complain('The check failed: docs/deploy.md lists what each step needs.');
      return passed;
    },
  );
