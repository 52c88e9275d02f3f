import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../playground/discord/server.ts';
import { type Demo, startDemo } from '../../playground/start-demo.ts';
import { createPage } from '../../playground/web/page.ts';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const present = existsSync(CHROMIUM);
const why = present ? '' : ` (skipped: there is no browser at ${CHROMIUM}; set CHROMIUM_PATH)`;

describe.skipIf(!present)(`the page of the playground${why}`, () => {
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

  async function open(url: string): Promise<void> {
    page = await browser.newPage({ locale: 'en-US', timezoneId: 'Europe/Berlin' });
    page.setDefaultTimeout(8_000);
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(url);
  }

  describe('with a message put there by hand', () => {
    let discord: DiscordStandIn;
    let channelId: string;
    let events: ReturnType<typeof createPage> | undefined;

    beforeAll(async () => {
      discord = await startDiscord({
        handleHttp: (request, response) => events?.(request, response) ?? false,
      });
      events = createPage(discord);
      channelId = discord.addChannel(discord.addGuild('Lab').id, 'reading').id;
    });
    afterAll(() => discord.close());

    const send = (body: unknown) =>
      fetch(`${discord.url}/api/v10/channels/${channelId}/messages`, {
        method: 'POST',
        headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });

    it('shows the parts and the files of components v2', async () => {
      await open(discord.url);
      const form = new FormData();
      const button = { type: 2, style: 2, label: 'Save', custom_id: 'save' };
      const section = { type: 9, components: [{ type: 10, content: '**Paper** one' }], accessory: button };
      const file = { type: 13, file: { url: 'attachment://papers.bib' } };
      const payload = { flags: 1 << 15, components: [{ type: 17, components: [section, file] }] };
      form.set('payload_json', JSON.stringify(payload));
      form.set('files[0]', new File(['@misc{a}'], 'papers.bib'));
      await fetch(`${discord.url}/api/v10/channels/${channelId}/messages`, {
        method: 'POST',
        headers: { authorization: `Bot ${discord.token}` },
        body: form,
      });

      const message = page.locator('article').last();
      await message.getByRole('button', { name: 'Save' }).waitFor();
      expect(await message.locator('b, strong').first().textContent()).toBe('Paper');
      expect(await message.getByRole('link').getAttribute('href')).toContain('/papers.bib');
    });

    it('shows it at once, with Markdown as nodes and foreign markup as text', async () => {
      await open(discord.url);
      await send({
        content: [
          '# Today',
          '**bold** *slanted* `a*b` \\*plain\\* <t:1767225600:t> <b>no tag</b>',
          '> quoted',
          '- one',
          '[bad](javascript:alert(1)) [good](https://example.org/a)',
        ].join('\n'),
      });
      const message = page.getByRole('article', { name: 'Message from Paperboy' }).last();

      await message.getByRole('heading', { name: 'Today' }).waitFor();
      expect(await message.locator('strong').innerText()).toBe('bold');
      expect(await message.locator('em').innerText()).toBe('slanted');
      expect(await message.locator('code').innerText()).toBe('a*b');
      expect(await message.locator('blockquote').innerText()).toBe('quoted');
      expect(await message.locator('li').innerText()).toBe('one');
      expect(await message.locator('.content time').innerText()).toMatch(/^1:00\sAM$/);
      expect(await message.innerText()).toContain('*plain*');
      expect(await message.innerText()).toContain('<b>no tag</b>');
      expect(await message.locator('a').allInnerTexts()).toEqual(['good']);
    });

    it('draws a container with its bar, pictures that came, lists and a command to click', async () => {
      await open(discord.url);
      const picture = (name: string) => ({ media: { url: `https://127.0.0.1:9/${name}.png` } });
      const text = '### Papers\n1. one\n   - more\n2. two\n-# small </papers:1>';
      await send({
        flags: 1 << 15,
        components: [
          {
            type: 17,
            accent_color: 0xffcc00,
            components: [
              { type: 10, content: text },
              { type: 14, divider: false, spacing: 2 },
              { type: 12, items: [picture('gone')] },
              {
                type: 1,
                components: [{ type: 2, style: 2, label: 'Off', custom_id: 'off', disabled: true }],
              },
            ],
          },
        ],
      });
      const box = page.locator('.container').last();

      await box.getByRole('heading', { name: 'Papers' }).waitFor();
      expect(await box.evaluate((node) => getComputedStyle(node, '::before').backgroundColor)).toBe(
        'rgb(255, 204, 0)',
      );
      expect(await box.locator('ol > li').count()).toBe(2);
      expect(await box.locator('ol ul > li').innerText()).toBe('more');
      expect(await box.getByRole('button', { name: 'Off' }).isDisabled()).toBe(true);
      await expect.poll(() => box.locator('img').count()).toBe(0);

      await box.getByRole('button', { name: '/papers' }).click();
      expect(await page.getByRole('combobox', { name: 'Message' }).inputValue()).toBe('/papers ');
    });

    it('shows a card with its parts, and nothing where a picture cannot come', async () => {
      await open(discord.url);
      await send({
        embeds: [
          {
            title: 'A paper',
            url: 'https://example.org/paper',
            description: 'What it says',
            color: 0xffcc00,
            author: { name: 'A lab' },
            fields: [{ name: 'Upvotes', value: '12', inline: true }],
            thumbnail: { url: `${discord.url}/none.png` },
            footer: { text: 'The end' },
          },
        ],
      });
      const card = page.locator('.embed').last();

      await expect.poll(() => card.locator('img').count()).toBe(0);
      expect(await card.getByRole('link', { name: 'A paper' }).getAttribute('href')).toBe(
        'https://example.org/paper',
      );
      expect(await card.innerText()).toMatch(/A lab[\s\S]*What it says[\s\S]*Upvotes\n12[\s\S]*The end/);
      expect(await card.evaluate((node) => getComputedStyle(node).borderLeftColor)).toBe('rgb(255, 204, 0)');
    });

    it('tells when the bot does not answer to what was typed', async () => {
      await open(discord.url);
      await page.getByRole('combobox', { name: 'Message' }).fill('/nothing');
      await page.keyboard.press('Enter');

      await expect.poll(() => page.getByRole('alert').innerText()).toContain('There is no command /nothing');
    });
  });

  describe('with threads, a forum and people', () => {
    let discord: DiscordStandIn;
    let events: ReturnType<typeof createPage> | undefined;
    let guildId: string;
    let channelId: string;

    beforeAll(async () => {
      discord = await startDiscord({
        limits: false,
        handleHttp: (request, response) => events?.(request, response) ?? false,
      });
      events = createPage(discord);
      guildId = discord.addGuild('Lab').id;
      channelId = discord.addChannel(guildId, 'papers').id;
      const elsewhere = discord.addGuild('Elsewhere', { members: [discord.visitorId] });
      discord.addChannel(elsewhere.id, 'lounge');
      await call('PUT', `/applications/${discord.state.applicationId}/commands`, [
        { name: 'here', description: 'Servers only', contexts: [0], integration_types: [0] },
        {
          name: 'follow',
          description: 'Anywhere',
          options: [{ type: 7, name: 'channel', description: 'Where', channel_types: [0, 11, 15] }],
        },
      ]);
    });
    afterAll(() => discord.close());

    const call = (method: string, path: string, body: unknown) =>
      fetch(`${discord.url}/api/v10${path}`, {
        method,
        headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const title = () => page.locator('#channel-name').innerText();

    it('opens the thread of a message, and goes back', async () => {
      await call('POST', `/channels/${channelId}/messages`, { content: 'A paper' });
      const id = discord.messagesOf(channelId)[0]?.id ?? '';
      await call('POST', `/channels/${channelId}/messages/${id}/threads`, { name: 'Discussion' });
      await call('POST', `/channels/${id}/messages`, { content: 'What do you think?' });
      await open(discord.url);

      await page.getByRole('button', { name: 'Discussion 1 message' }).click();
      await page.getByText('What do you think?').waitFor();
      expect(await title()).toBe('Discussion');
      await page.locator('#back').click();

      await page.getByText('A paper', { exact: true }).waitFor();
      expect(await title()).toBe('papers');
    });

    it('lists the posts of a forum, which takes no commands itself', async () => {
      const forum = discord.addForum(guildId, 'reading', { tags: ['Vision'] });
      await call('POST', `/channels/${forum.id}/threads`, {
        name: 'Mamba',
        message: { content: '**State** spaces' },
        applied_tags: [forum.available_tags?.[0]?.id],
      });
      await open(discord.url);

      await page.getByRole('button', { name: 'reading' }).press('Enter');
      const post = page.getByRole('button', { name: 'Mamba' });
      await post.waitFor();
      expect(await post.innerText()).toMatch(/Vision\s+Mamba\s+State spaces\s+Paperboy/);
      expect(await page.getByRole('combobox', { name: 'Message' }).isVisible()).toBe(false);
      await post.press('Enter');

      await page.getByRole('article').getByText('spaces').waitFor();
      expect(await page.getByRole('combobox', { name: 'Message' }).isVisible()).toBe(true);
    });

    it('offers channels, threads and forums for a channel', async () => {
      discord.addThread(discord.addChannel(guildId, 'talk').id, 'Old things');
      await open(discord.url);
      await page.getByRole('combobox', { name: 'Message' }).pressSequentially('/follow ');

      const offered = page.getByRole('combobox', { name: 'channel' }).locator('option');
      expect(await offered.allInnerTexts()).toEqual(
        expect.arrayContaining(['# papers', '# talk', '# talk ↳ Old things']),
      );
    });

    it('shows a visitor their servers and their talk with the bot, also after a reload', async () => {
      await open(discord.url);
      await page.getByText('Visitor', { exact: true }).click();
      await page.getByText('Paperboy is not in this server').waitFor();
      await page.getByRole('button', { name: 'Direct messages' }).click();
      await expect.poll(title).toBe('Paperboy');

      await page.reload();
      await expect.poll(title).toBe('Paperboy');
      await page.getByRole('combobox', { name: 'Message' }).pressSequentially('/');

      const commands = page.getByRole('listbox', { name: 'Commands' }).getByRole('option');
      await expect.poll(() => commands.allInnerTexts()).toEqual([expect.stringContaining('/follow')]);
    });

    it('keeps to the newest message after a reload', async () => {
      const long = discord.addChannel(guildId, 'long').id;
      for (let at = 0; at < 40; at += 1)
        await call('POST', `/channels/${long}/messages`, { content: `Line ${at}` });
      await open(`${discord.url}/#${long}`);
      await page.reload();

      const last = page.getByText('Line 39');
      await last.waitFor();
      await expect
        .poll(() => last.evaluate((node) => node.getBoundingClientRect().bottom < innerHeight))
        .toBe(true);
    });
  });

  describe('of the demo', () => {
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
      await page.locator('.embed').first().waitFor();

      expect(await page.getByRole('log').innerText()).toContain(`${demo.papers} papers`);
      expect(await page.locator('.embed-title a').count()).toBeGreaterThan(0);
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
      await latest().locator('.embed-title').waitFor();

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

      await expect.poll(() => latest().innerText()).toMatch(/18:30, weekdays, UTC\n+Up to 5 cards/);
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
});
