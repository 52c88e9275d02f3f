import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

export const hasBrowser = existsSync(CHROMIUM);
/** For the title of tests that are skipped without one. */
export const whyNoBrowser = hasBrowser
  ? ''
  : ` (skipped: there is no browser at ${CHROMIUM}; set CHROMIUM_PATH)`;

/** A browser for the tests of a `describe`, with a new page each. A page that raises an error fails its test. */
export function useBrowser(): (url: string, device?: BrowserContextOptions) => Promise<Page> {
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  }, 60_000);
  afterAll(() => browser.close());
  afterEach(async () => {
    await page.close();
    const [complaint] = complaints.splice(0);
    if (complaint !== undefined) throw new Error(`The page raised: ${complaint}`);
  });

  return async (url, device = {}) => {
    page = await browser.newPage({ locale: 'en-US', timezoneId: 'Europe/Berlin', ...device });
    page.setDefaultTimeout(8_000);
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(url);
    return page;
  };
}
