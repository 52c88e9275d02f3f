import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { startDemo } from './start-demo.ts';

const TARGET = path.join(import.meta.dirname, '../docs/playground.png');
const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

const demo = await startDemo({ port: 0 });
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1180, height: 860 }, locale: 'en-US' });
  await page.goto(demo.url);
  await page.getByRole('article').first().waitFor();
  await page.getByRole('button', { name: 'Dismiss message' }).first().click();
  await page.mouse.move(0, 0);
  await page.getByRole('log').evaluate((log) => {
    log.scrollTop = 0;
  });
  await mkdir(path.dirname(TARGET), { recursive: true });
  await page.screenshot({ path: TARGET });
  console.log(`Written: ${TARGET}`);
} finally {
  await browser.close();
  await demo.stop();
}
