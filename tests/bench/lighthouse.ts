import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { freePort } from '../../infra/laptop/host/ports-on-host.ts';
import { launchBrowser } from '../support/browser/browser.ts';
import { startPatientLab } from '../support/labs/patient-lab.ts';
import { startCompressingProxy } from '../support/servers/compressing-proxy.ts';

/**
 * `npm run lighthouse`: runs Lighthouse with its mid-range phone profile on the survey page of the real system. Prints
 * the three scores and the audits that cost points; exits with 1 when a score is below 100.
 */
const categories = ['performance', 'accessibility', 'best-practices'];

const folder = await mkdtemp(join(tmpdir(), 'aftercare-lighthouse-'));
const port = await freePort();
const lab = await startPatientLab(folder, [['lighthouse', 'en']]);
const proxy = await startCompressingProxy(lab.laptop.origin);
const browser = await launchBrowser([`--remote-debugging-port=${port}`]);
try {
  const result = await lighthouse(proxy.origin + new URL(lab.invited('lighthouse').links.survey).pathname, {
    port,
    output: 'json',
    logLevel: 'error',
    onlyCategories: categories,
  });
  const scores = Object.values(result?.lhr.categories ?? {}).map(({ id, score }) => ({
    id,
    score: Math.round((score ?? 0) * 100),
  }));
  for (const { id, score } of scores) process.stdout.write(`${id} ${score}\n`);
  for (const audit of Object.values(result?.lhr.audits ?? {})) {
    if (audit.score !== null && audit.score < 0.9) {
      process.stdout.write(`  ${audit.id}: ${audit.displayValue ?? audit.title}\n`);
    }
  }
  const isPerfect = scores.length === categories.length && scores.every(({ score }) => score === 100);
  process.exitCode = isPerfect ? 0 : 1;
} finally {
  await browser.close();
  proxy.stop();
  await lab.stop();
  await rm(folder, { recursive: true, force: true });
}
