import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../playground/discord/server.ts';
import { createPage } from '../../playground/web/page.ts';
import { hasBrowser, useBrowser, whyNoBrowser } from '../support/use-browser.ts';

/** A PNG of one pixel. */
const DOT =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe.skipIf(!hasBrowser)(`the page of the playground${whyNoBrowser}`, () => {
  const start = useBrowser();
  let page: Page;
  const open = async (url: string) => {
    page = await start(url);
  };

  describe('with a message put there by hand', () => {
    let discord: DiscordStandIn;
    let channelId: string;
    let events: ReturnType<typeof createPage> | undefined;

    beforeAll(async () => {
      discord = await startDiscord({
        // On a fast machine six tests send more than five messages in five seconds.
        limits: false,
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

    it('shows a picture that is attached, with its description', async () => {
      await open(discord.url);
      const form = new FormData();
      const attachments = [{ id: 0, filename: 'dot.png', description: 'A dot' }];
      form.set('payload_json', JSON.stringify({ content: 'Look', attachments }));
      form.set('files[0]', new File([Buffer.from(DOT, 'base64')], 'dot.png', { type: 'image/png' }));
      await fetch(`${discord.url}/api/v10/channels/${channelId}/messages`, {
        method: 'POST',
        headers: { authorization: `Bot ${discord.token}` },
        body: form,
      });

      const picture = page.locator('article').last().getByRole('img', { name: 'A dot' });
      await picture.waitFor();
      await expect
        .poll(() => picture.evaluate((image) => ('naturalWidth' in image ? image.naturalWidth : 0)))
        .toBe(1);
    });

    it('shows a poll to vote in, what came of it, and the events of the server', async () => {
      await open(discord.url);
      const answers = ['One', 'Two'].map((text) => ({ poll_media: { text } }));
      await send({ poll: { question: { text: 'Which?' }, answers, duration: 24 } });
      const poll = page.getByRole('group', { name: 'Poll' });
      await poll.getByRole('button', { name: 'Two' }).click();
      await poll.getByText('1 vote · 100%').waitFor();
      expect(await poll.getByRole('button', { name: 'Two' }).getAttribute('aria-pressed')).toBe('true');

      discord.endPoll(channelId, discord.messagesOf(channelId).at(-1)?.id ?? '');
      await page.getByText('Two won with 1 vote.').waitFor();
      expect(await poll.getByRole('button', { name: 'One' }).isDisabled()).toBe(true);
      const guildId = discord.state.channels[channelId]?.guild_id ?? '';
      const begins = Date.now() + 86_400_000;
      await fetch(`${discord.url}/api/v10/guilds/${guildId}/scheduled-events`, {
        method: 'POST',
        headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          name: 'Reading group: Two',
          privacy_level: 2,
          entity_type: 3,
          entity_metadata: { location: 'here' },
          scheduled_start_time: new Date(begins).toISOString(),
          scheduled_end_time: new Date(begins + 3_600_000).toISOString(),
        }),
      });
      await page
        .getByRole('navigation', { name: 'Events' })
        .getByRole('button', { name: 'Reading group: Two' })
        .waitFor();
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

    it('draws a container with its bar, lists and a command to click, and no picture that cannot come', async () => {
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

    it('fits a phone with a long thread and an event, also where nothing was said', async () => {
      const name = 'A thread with a name that is much longer than a phone is wide';
      const busy = discord.addChannel(guildId, 'busy').id;
      await call('POST', `/channels/${busy}/messages`, { content: 'Read this' });
      const id = discord.messagesOf(busy)[0]?.id ?? '';
      await call('POST', `/channels/${busy}/messages/${id}/threads`, { name });
      const begins = Date.now() + 86_400_000;
      await call('POST', `/guilds/${guildId}/scheduled-events`, {
        name: `Meeting: ${name}`,
        privacy_level: 2,
        entity_type: 3,
        entity_metadata: { location: 'here' },
        scheduled_start_time: new Date(begins).toISOString(),
        scheduled_end_time: new Date(begins + 3_600_000).toISOString(),
      });
      const viewport = { width: 390, height: 844 };
      page = await start(`${discord.url}/#${busy}`, { viewport, isMobile: true, hasTouch: true });
      const link = page.locator('.thread-link');
      const { x = 0, width = Infinity } = (await link.boundingBox()) ?? {};
      expect(x + width).toBeLessThanOrEqual(390);
      const expectFit = async () => {
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
        const top = await page.locator('main').evaluate((node) => node.getBoundingClientRect().top);
        expect(top).toBeLessThan(200);
        await page.getByText('Member', { exact: true }).tap();
        await page.getByText('Admin', { exact: true }).tap();
      };
      await expectFit();

      await link.tap();
      await page.getByText('No messages here yet.').waitFor();
      await expectFit();
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
});
