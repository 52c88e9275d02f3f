import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '../config/load-config.ts';

const read = (file: string) => readFileSync(file, 'utf8');
const dockerfile = read('Dockerfile');
const compose = read('compose.yaml');
const unit = read('deploy/paperboy.service');
const { start } = z
  .object({ scripts: z.object({ start: z.string() }) })
  .parse(JSON.parse(read('package.json'))).scripts;

/** `NAME=value` or `NAME: value`, with or without quotes. */
function settingsOf(text: string): Record<string, string> {
  const found = text.matchAll(/\b([A-Z]+_[A-Z]+)[=:] ?'?([^\s'\\]+)/g);
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, value]));
}

describe('what the bot is run with', () => {
  it('copies files that there are, and lets no other into the image', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = '']) =>
      files.split(' '),
    );
    const allowed = read('.dockerignore').match(/(?<=^!).+/gm) ?? [];

    expect(copied.filter((file) => !existsSync(file))).toEqual([]);
    expect([...new Set(copied)].toSorted((a, b) => a.localeCompare(b))).toEqual(
      allowed.toSorted((a, b) => a.localeCompare(b)),
    );
    expect(read('.dockerignore').startsWith('*\n')).toBe(true);
  });

  it('starts node as npm start does', () => {
    const command: unknown = JSON.parse(/^CMD (.+)$/m.exec(dockerfile)?.[1] ?? '');

    expect(command).toEqual(start.split(' '));
    expect(unit).toContain(`ExecStart=/opt/paperboy/node_modules/.bin/${start}\n`);
    expect(existsSync(start.split(' ').at(-1) ?? '')).toBe(true);
  });

  it.each([
    ['the image', dockerfile],
    ['the compose file', compose],
    ['the unit', unit],
  ])('has settings in %s that are known and right', (_what, text) => {
    const settings = settingsOf(text);
    const known: readonly string[] = read('.env.example').match(/^[A-Z_]+(?==)/gm) ?? [];

    expect(known).toEqual(expect.arrayContaining(Object.keys(settings)));
    expect(() => loadConfig(settings, { discord: false })).not.toThrow();
  });

  it('asks for health where it is told', () => {
    const port = settingsOf(dockerfile)['HEALTH_PORT'];

    expect(dockerfile).toContain(`http://127.0.0.1:${port}/health`);
    expect(settingsOf(compose)['HEALTH_PORT']).toBe(port);
  });

  it('keeps its files where they outlive it, and is not root', () => {
    expect(settingsOf(dockerfile)['DATABASE_URL']).toMatch(/^sqlite:\/\/\/data\//);
    expect(settingsOf(compose)['DATABASE_URL']).toBe(settingsOf(dockerfile)['DATABASE_URL']);
    expect(dockerfile).toMatch(/^VOLUME \/data$/m);
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(settingsOf(unit)['DATABASE_URL']).toContain(
      `/var/lib/${/^StateDirectory=(.+)$/m.exec(unit)?.[1]}/`,
    );
    expect(unit).toMatch(/^DynamicUser=yes$/m);
  });
});
