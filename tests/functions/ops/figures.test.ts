import { join } from 'node:path';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { patientId } from '../../../shared/care/patient/ids.ts';
import { cellRepairOn } from '../../../shared/counting/aws/counting-store.ts';
import { releaseStoreOn } from '../../../shared/outcomes/release/aws/release-store.ts';
import { digestOf } from '../../../shared/platform/digest.ts';
import { startOpsLab } from '../../support/labs/ops-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { patientsIn } from '../../support/samples/ops-patients.ts';
import { sampleRelease } from '../../support/samples/release-samples.ts';

const lab = sharedLab(startOpsLab);

beforeEach(async () => {
  await lab().empty();
  await lab().at('2026-03-20T15:00:00Z');
});

const ops = (...args: readonly string[]) => lab().ops(args);

const { fill } = patientsIn(() => lab().store);

describe('recompute', () => {
  it('finds patients who are not counted, and counts them with --repair', async () => {
    await fill(patientId('p-1'));
    const found = await ops('recompute');
    expect(found.code).toBe(1);
    expect(found.out).toMatch(/^Not counted correctly: 1 of 1 patient\. Wrong: \d+ cells\./);
    expect(found.err).toMatch(/--repair/);
    const repaired = await ops('recompute', '--repair');
    expect(repaired).toMatchObject({ code: 0, err: '' });
    expect(repaired.out).toBe('1 patient recounted.\nThe counts match the records of 1 patient.');
  });

  it('names a cell and counter changed by hand, which --repair does not hide', async () => {
    await fill(patientId('p-1'));
    await ops('recompute', '--repair');
    await lab().document.send(
      new UpdateCommand({
        TableName: 'outcomes',
        Key: { pk: 'CELLS#overall', sk: '2026-03#2w' },
        UpdateExpression: 'SET answered = :value',
        ExpressionAttributeValues: { ':value': 5 },
      }),
    );
    for (const args of [['recompute'], ['recompute', '--repair'], ['verify']]) {
      const found = await ops(...args);
      expect(found.code).toBe(1);
      expect(found.out).toContain('overall|2026-03|2w: answered is 5, expected 1');
    }
    const corrected = await ops('recompute', '--repair-cells');
    expect(corrected).toMatchObject({ code: 0, err: '' });
    expect(corrected.out).toBe('1 cell corrected.\nThe counts match the records of 1 patient.');
  });

  it('corrects no cell while a patient is uncounted, nor one that changed meanwhile', async () => {
    await fill(patientId('p-1'));
    expect(await ops('recompute', '--repair-cells')).toMatchObject({ code: 1 });
    await ops('recompute', '--repair');
    const repair = cellRepairOn(lab().document, 'outcomes');
    const id = 'overall|2026-03|2w' as const;
    const moved = { id, stored: { answered: 7 }, expected: { answered: 8 } };
    expect(await repair.set(moved)).toBe('changed-meanwhile');
    expect((await ops('recompute')).code).toBe(0);
    expect(await repair.set({ id, stored: { delivered: 0 }, expected: { delivered: 2 } })).toBe('set');
    expect((await ops('recompute')).out).toContain('delivered is 2, expected 0');
  });
});

describe('release and verify', () => {
  const publish = async () => {
    const releases = releaseStoreOn(lab().document, 'outcomes');
    const first = sampleRelease();
    const second = sampleRelease(undefined, [first], 80);
    for (const release of [first, second]) await releases.put(release);
    return { first, second };
  };
  const change = (partition: string, number: number, set: Readonly<Record<string, unknown>>) => {
    const names = Object.keys(set);
    return lab().document.send(
      new UpdateCommand({
        TableName: 'outcomes',
        Key: { pk: partition, sk: String(number).padStart(8, '0') },
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, set[name]])),
      }),
    );
  };

  it('reports that the counts allow nothing new', async () => {
    expect(await ops('release')).toEqual({
      code: 0,
      out: 'The counts allow nothing new. There is no release yet.',
      err: '',
    });
  });

  it('accepts releases that are as published', async () => {
    await publish();
    const { code, out } = await ops('verify');
    expect(code).toBe(0);
    expect(out).toContain('Verified 2 releases: as published.');
    expect((await ops('verify', '1')).out).toContain('Verified release 1: as published.');
    expect(await ops('verify', '7')).toMatchObject({ code: 1, err: 'There is no release 7.' });
    expect(await ops('verify', 'x')).toMatchObject({ code: 1 });
  });

  it('detects a changed figure', async () => {
    const { first } = await publish();
    const text = JSON.stringify(first.public).replace('"percent":91', '"percent":97');
    await change('RELEASES', 1, { release: text });
    const found = await ops('verify', '1');
    expect(found.code).toBe(1);
    expect(found.out).toContain('release 1: its content is not what was published');
    expect(found.out).toContain('a figure does not follow from the counts stored with it (facet-improved)');
  });

  it('detects a changed figure with a recomputed digest', async () => {
    const { first } = await publish();
    const text = JSON.stringify(first.public).replace('"percent":91', '"percent":97');
    await change('RELEASES', 1, { release: text, digest: digestOf(JSON.parse(text)) });
    const found = await ops('verify');
    expect(found.code).toBe(1);
    expect(found.out).not.toContain('its content is not what was published');
    expect(found.out).toContain('release 2: its link to the previous release is broken');
    expect(found.out).toContain('(facet-improved)');
  });

  it('detects changed counts behind a release', async () => {
    const { first } = await publish();
    const claims = first.basis.claims.map((claim) => ({ ...claim, x: Math.max(0, claim.x - 100) }));
    await change('BASIS', 1, { basis: JSON.stringify({ ...first.basis, claims }) });
    expect((await ops('verify', '1')).code).toBe(1);
  });

  it('checks a page against the release', async () => {
    await publish();
    const page = await lab().file(
      'page.html',
      '<p>Over 90% of our facet joint injection patients report improvement.</p>\n<p>99% of our patients report less pain.</p>',
    );
    const { code, out } = await ops('claims', 'lint', page);
    expect(code).toBe(1);
    expect(out).toContain('line 1: Over 90%: supported');
    expect(out).toContain('1 not supported.');
    expect(await ops('claims', 'lint', join(lab().folder, 'none.html'))).toMatchObject({ code: 1 });
  });
});
