import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { systemClock } from '../src/system-clock.ts';
import { startDemo } from './start-demo.ts';

const TARGET = path.join(import.meta.dirname, '../docs/playground.png');
const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** How long pictures may take to come. */
const PICTURES_MS = 1_000;

/** Nine in the morning, when digests come. */
const ahead = new Date().setUTCHours(9, 0, 0, 0) - Date.now();
const clock = { ...systemClock, now: () => Date.now() + ahead };

const demo = await startDemo({ port: 0, clock });
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const page = await browser.newPage({
    viewport: { width: 1180, height: 1060 },
    locale: 'en-US',
    timezoneId: 'UTC',
    colorScheme: 'dark',
  });
  await page.clock.install({ time: clock.now() });
  await page.goto(demo.url);
  await page.getByRole('article').first().waitFor();
  const dismiss = page.getByRole('button', { name: 'Dismiss message' });
  while ((await dismiss.count()) > 0) await dismiss.first().click();
  await page.mouse.move(0, 0);
  await page.getByRole('log').evaluate((log) => {
    log.scrollTop = 0;
  });
  await page.waitForTimeout(PICTURES_MS);
  await mkdir(path.dirname(TARGET), { recursive: true });
  await page.screenshot({ path: TARGET });
  console.log(`Written: ${TARGET}`);
} finally {
  await browser.close();
  await demo.stop();
}
