import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import chromium, { inflate } from '@sparticuz/chromium';
import type { Browser } from 'playwright-core';
import { chromium as playwright } from 'playwright-core';

/** Where the browser of the npm package is unpacked to, once for all test runs. */
const home = join(tmpdir(), 'aftercare-chromium-153.0.0-2');
const ready = join(home, 'ready');
const fonts = join(home, 'fonts');

const exists = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** The package unpacks to the temporary directory of the process: it is pointed at ours meanwhile. */
const inTemporaryDirectory = async <T>(directory: string, work: () => Promise<T>): Promise<T> => {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = directory;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
};

/**
 * The package's own configuration looks for its fonts in `/tmp/fonts` and nowhere else: without them no letter has a
 * width, and no text can be seen.
 */
const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <cachedir>${join(home, 'fonts-cache')}</cachedir>
</fontconfig>
`;

const unpack = async (): Promise<void> => {
  const packed = join(import.meta.dirname, '../../../node_modules/@sparticuz/chromium/bin');
  await inTemporaryDirectory(home, async () => {
    await chromium.executablePath();
    await inflate(join(packed, 'al2023.tar.br'));
  });
  await writeFile(join(fonts, 'fonts.conf'), fontConfiguration);
  await writeFile(ready, '');
};

/** Test files run side by side: the first one in unpacks, the others wait for it, at most two minutes. */
const unpackOnce = async (): Promise<void> => {
  const lock = `${home}.lock`;
  for (let attempt = 0; attempt < 600 && !(await exists(ready)); attempt += 1) {
    const isOurs = await mkdir(lock).then(
      () => true,
      () => false,
    );
    if (!isOurs) {
      await sleep(200);
      continue;
    }
    try {
      await rm(home, { recursive: true, force: true });
      await mkdir(home, { recursive: true });
      await unpack();
    } finally {
      await rm(lock, { recursive: true, force: true });
    }
  }
};

/** No sandbox: tests run as root in containers. Web security stays on, for the tests are about it. */
const args = ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none', '--hide-scrollbars'];

const launch = (
  environment: Readonly<Record<string, string>>,
  moreArgs: readonly string[],
): Promise<Browser> => {
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return playwright.launch({
    executablePath: join(home, 'chromium'),
    args: [...args, ...moreArgs],
    env: { ...Object.fromEntries(inherited), FONTCONFIG_PATH: fonts, ...environment },
  });
};

/** Text without a font is nowhere on the page, where nothing overlaps, overflows or lacks contrast. */
const assertDrawsText = async (browser: Browser): Promise<void> => {
  const page = await browser.newPage();
  await page.setContent('<span>letters</span>');
  const box = await page.locator('span').boundingBox();
  await page.close();
  if (box !== null && box.width > 0) return;
  await browser.close();
  throw new Error(`The browser finds no font in ${fonts}`);
};

const launchOnHost = async (moreArgs: readonly string[]): Promise<Browser> => {
  try {
    return await launch({}, moreArgs);
  } catch {
    return launch({ LD_LIBRARY_PATH: join(home, 'al2023', 'lib') }, moreArgs);
  }
};

/**
 * Starts a headless Chromium that comes with the development dependencies. A host that lacks its shared
 * libraries gets those that are packed with it. The caller closes it. `moreArgs` are given to the browser as they are.
 * Throws when the browser can draw no text, for then half of the tests would pass whatever the pages are like.
 */
export const launchBrowser = async (moreArgs: readonly string[] = []): Promise<Browser> => {
  await unpackOnce();
  const browser = await launchOnHost(moreArgs);
  await assertDrawsText(browser);
  return browser;
};
