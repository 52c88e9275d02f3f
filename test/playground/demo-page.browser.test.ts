import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from '../../playground/start-demo.ts';
import { hasBrowser, useBrowser, whyNoBrowser } from '../support/use-browser.ts';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

describe.skipIf(!hasBrowser)(`the page of the demo${whyNoBrowser}`, () => {
  const start = useBrowser();
  let page: Page;
  const open = async (url: string) => {
    page = await start(url);
  };

  let demo: Demo;

  beforeAll(async () => {
    demo = await startDemo({ port: 0 });
  }, 60_000);
  afterAll(() => demo.stop());

  const type = async (text: string) => {
    await page.getByRole('combobox', { name: 'Message' }).pressSequentially(text);
    await page.keyboard.press('Enter');
  };
  const latest = () => page.locator('.ephemeral').last();

  it('shows the digest', async () => {
    await open(demo.url);
    const links = page.getByRole('log').locator('a[href*="huggingface.co/papers/"]');
    await links.first().waitFor();

    expect(await page.getByRole('log').innerText()).toContain(`${demo.papers} papers`);
    expect(await links.count()).toBeGreaterThan(1);
  });

  it('has commands to click, which run or wait in the composer', async () => {
    await open(demo.url);
    const starters = page.getByRole('group', { name: 'Commands to try' });
    await starters.getByRole('button', { name: '/search diffusion' }).click();
    await expect.poll(() => latest().innerText()).toContain('30 matches');

    await starters.getByRole('button', { name: '/subscribe' }).click();
    expect(await page.getByRole('combobox', { name: 'topic' }).isVisible()).toBe(true);
  });

  it('tells who one is', async () => {
    await open(demo.url);
    const about = () => page.locator('#person-about').innerText();
    await expect.poll(about).toContain('choose what its channels get');
    await page.getByText('Visitor', { exact: true }).click();

    expect(await about()).toContain('installed it for yourself');
  });

  it('finds the papers of a message by its menu, by mouse and by keyboard', async () => {
    await open(demo.url);
    await page.getByRole('button', { name: 'general' }).click();
    const message = page.getByRole('article').filter({ hasText: 'Has anybody tried' });
    const item = page.getByRole('menuitem', { name: 'Find papers' });
    const before = await page.locator('.ephemeral').count();
    await message.getByText('Has anybody').click({ button: 'right', position: { x: 5, y: 5 } });
    await item.click();
    await expect.poll(() => page.locator('.ephemeral').count()).toBe(before + 1);
    expect(await latest().innerText()).toContain('minWM');

    await message.getByRole('button', { name: 'More' }).press('Enter');
    await item.press('Escape');
    expect(await item.isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    await item.press('Enter');
    await expect.poll(() => page.locator('.ephemeral').count()).toBe(before + 2);
  });

  it('fits a phone in every channel, and while options are filled in', async () => {
    page = await start(demo.url, PHONE);
    await page.locator('.message').first().waitFor();
    for (const name of ['papers', 'general', 'reading-room']) {
      await page.getByRole('button', { name, exact: true }).click();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(390);
    }
    await page.getByRole('button', { name: 'papers', exact: true }).click();
    await page.getByRole('combobox', { name: 'Message' }).pressSequentially('/schedule timezone:Berl');
    const choices = page.getByRole('listbox', { name: 'Choices for timezone' });
    await choices.waitFor();

    const { x = -1, width = Infinity } = (await choices.boundingBox()) ?? {};
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(390);
  });

  it('brings the answer to a command into view from wherever one was', async () => {
    await open(demo.url);
    await page.locator('.message').first().waitFor();
    const log = page.getByRole('log');
    await log.evaluate((node) => node.scrollTo(0, 0));
    await expect.poll(() => log.evaluate((node) => node.scrollTop)).toBe(0);
    const before = await page.locator('.ephemeral').count();
    await type('/help');
    await expect.poll(() => page.locator('.ephemeral').count()).toBe(before + 1);

    const { y = Infinity, height = 0 } = (await log.boundingBox()) ?? {};
    await expect
      .poll(() => latest().evaluate((node) => node.getBoundingClientRect().bottom))
      .toBeLessThanOrEqual(y + height);
  });

  it('takes a file for an option', async () => {
    await open(demo.url);
    await page.getByRole('combobox', { name: 'Message' }).pressSequentially('/library ');
    const buffer = Buffer.from('1706.03762\n');
    await page.getByLabel('import').setInputFiles({ name: 'list.txt', mimeType: 'text/plain', buffer });
    await page.keyboard.press('Enter');

    await expect.poll(() => latest().innerText()).toContain('Saved');
  });

  it('leaves no half of a command behind when one goes elsewhere', async () => {
    await open(demo.url);
    const line = page.getByRole('combobox', { name: 'Message' });
    const leave = [
      () => page.getByRole('button', { name: 'general', exact: true }).click(),
      () => page.getByText('Member', { exact: true }).click(),
    ];
    for (const go of leave) {
      await line.pressSequentially('/library ');
      await page.getByRole('group', { name: 'Options' }).waitFor();
      await go();
      expect(await line.inputValue()).toBe('');
    }
  });

  it('opens the menu of a message by a tap', async () => {
    page = await start(demo.url, PHONE);
    await page.getByRole('button', { name: 'general' }).tap();
    const message = page.getByRole('article').filter({ hasText: 'Has anybody tried' });
    const before = await page.locator('.ephemeral').count();
    await message.getByRole('button', { name: 'More' }).tap();
    await page.getByRole('menuitem', { name: 'Find papers' }).tap();

    await expect.poll(() => page.locator('.ephemeral').count()).toBe(before + 1);
  });

  it('lists the commands after a slash', async () => {
    await open(demo.url);
    await page.locator('.message').first().waitFor();
    await page.getByRole('combobox', { name: 'Message' }).pressSequentially('/pap');

    const options = page.getByRole('listbox', { name: 'Commands' }).getByRole('option');
    await expect.poll(() => options.count()).toBe(2);
    expect(await options.first().innerText()).toContain('/paper');
  });

  it('answers /papers for the person alone, and a menu opens a card', async () => {
    await open(demo.url);
    await page.locator('.message').first().waitFor();
    const before = await page.locator('.ephemeral').count();
    await type('/papers');
    await expect.poll(() => page.locator('.ephemeral').count()).toBe(before + 1);
    const list = latest();
    await list.getByRole('combobox').waitFor();
    expect(await list.innerText()).toContain('Only you can see this');

    await list.getByRole('combobox').selectOption({ index: 1 });
    await expect.poll(() => page.locator('.ephemeral').count()).toBe(before + 2);
    await latest().getByRole('button', { name: 'Abstract' }).waitFor();

    await page.getByText('Member', { exact: true }).click();
    expect(await page.locator('.ephemeral').count()).toBe(0);
  });

  const openForm = async () => {
    await page.locator('.message').first().waitFor();
    const before = await page.locator('.ephemeral').count();
    await type('/schedule');
    await expect.poll(() => page.locator('.ephemeral').count()).toBe(before + 1);
    const change = latest().getByRole('button', { name: 'Change when and how' });
    await change.waitFor();
    return { change, dialog: page.getByRole('dialog', { name: 'When and how papers come' }) };
  };

  it('has a form that can be filled in by mouse', async () => {
    await open(demo.url);
    const { change, dialog } = await openForm();
    await change.click();
    await dialog.getByLabel('Time', { exact: true }).fill('18:30');
    await dialog.getByLabel('Saturday').click();
    await dialog.getByLabel('Sunday').click();
    await dialog.getByLabel('Papers in a digest').selectOption('5 list');
    await dialog.getByRole('button', { name: 'Submit' }).click();

    await expect.poll(() => latest().innerText()).toMatch(/18:30, weekdays, UTC\n+How · Up to 5 cards/);
    expect(await dialog.count()).toBe(0);
  });

  it('has a form that can be filled in by keyboard, and is left open by what is missing', async () => {
    await open(demo.url);
    const { change, dialog } = await openForm();
    await change.press('Enter');
    const time = dialog.getByLabel('Time', { exact: true });
    await expect.poll(() => time.evaluate((node) => node === document.activeElement)).toBe(true);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Enter');
    expect(await dialog.isVisible()).toBe(true);
    await page.keyboard.type('7am');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Munich');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');

    await expect
      .poll(() => latest().innerText())
      .toMatch(/07:00, (Tue, Wed, Thu, Fri|Mon, Tue, Wed, Thu, Fri|Tue.*), Europe\/Berlin/);
    await (await openForm()).change.press('Enter');
    await expect.poll(() => time.inputValue()).toBe('07:00');
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
  });

  it('offers what the bot suggests for an option', async () => {
    await open(demo.url);
    await page.locator('.message').first().waitFor();
    await page.getByRole('combobox', { name: 'Message' }).pressSequentially('/schedule timezone:Berl');
    const choice = page
      .getByRole('listbox', { name: 'Choices for timezone' })
      .getByRole('option', { name: 'Europe/Berlin' });
    await choice.click();

    await expect
      .poll(() => page.getByRole('combobox', { name: 'timezone' }).inputValue())
      .toContain('Berlin');
    await page.keyboard.press('Enter');
    await expect.poll(() => latest().innerText()).toContain('Europe/Berlin');
  });
});
