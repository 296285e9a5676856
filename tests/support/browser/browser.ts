import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium, { inflate } from '@sparticuz/chromium';
import type { Browser } from 'playwright-core';
import { chromium as playwright } from 'playwright-core';
import { unpackOnce } from './unpack-once.ts';

/** The unpacked browser of the npm package, shared by all test runs on this machine. */
const home = join(tmpdir(), 'aftercare-chromium-153.0.0-3');
const fonts = join(home, 'fonts');

/** Runs `unpack` with TMPDIR pointed at `folder`: the package unpacks to the process's temporary directory. */
const withTemporaryDirectory = async (folder: string, unpack: () => Promise<void>): Promise<void> => {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    await unpack();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
};

/**
 * Replaces the package's own configuration, which looks for fonts only in `/tmp/fonts`. Without fonts, letters have
 * no width and no text is visible.
 */
const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <cachedir>${join(home, 'fonts-cache')}</cachedir>
</fontconfig>
`;

const unpackBrowser = async (folder: string): Promise<void> => {
  const packed = join(import.meta.dirname, '../../../node_modules/@sparticuz/chromium/bin');
  await withTemporaryDirectory(folder, async () => {
    await chromium.executablePath();
    await inflate(join(packed, 'al2023.tar.br'));
  });
  await writeFile(join(folder, 'fonts', 'fonts.conf'), fontConfiguration);
};

/** No sandbox, because tests run as root in containers. Web security stays on, because the tests are about it. */
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

/** Throws when text has no width: without fonts nothing overlaps, overflows or lacks contrast. */
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
 * Starts the headless Chromium of the development dependencies; on a host that lacks its shared libraries, with
 * those of the package. The caller closes it. Throws when the browser cannot draw text, because half of the tests
 * would then pass whatever the pages look like.
 */
export const launchBrowser = async (moreArgs: readonly string[] = []): Promise<Browser> => {
  await unpackOnce(home, unpackBrowser);
  const browser = await launchOnHost(moreArgs);
  await assertDrawsText(browser);
  return browser;
};
