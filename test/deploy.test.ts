import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '../config/load-config.ts';

const read = (file: string) => readFileSync(file, 'utf8');
const dockerfile = read('Dockerfile');
const compose = read('compose.yaml');
const replicas = read('deploy/compose.postgres.yaml');
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

  it('limits logs, memory and processes in both compose files', () => {
    for (const file of [compose, replicas]) {
      expect(file).toMatch(/max-size: 10m\n +max-file: '3'/);
      expect(file).toMatch(/mem_limit: 512m\n +pids_limit: 100/);
    }
  });

  it('gives two replicas one database and an archive each, and no password in an address', () => {
    const { DATABASE_URL: url = '', HEALTH_PORT: port } = settingsOf(replicas);
    const volumes = [...replicas.matchAll(/<<: \*paperboy\n +volumes:\n +- (\S+):\/data\n/g)].map(
      ([, name]) => name,
    );

    expect(loadConfig({ DATABASE_URL: url }, { discord: false }).databaseUrl).toBe(
      'postgres://paperboy@postgres/paperboy',
    );
    expect(port).toBe(settingsOf(dockerfile)['HEALTH_PORT']);
    expect(volumes).toEqual(['data-1', 'data-2']);
  });
});

describe('the version', () => {
  const version = z.object({ version: z.string() });

  it('stands in package.json, and is that of the lock file and of the newest entry of the changelog', () => {
    const { version: present } = version.parse(JSON.parse(read('package.json')));

    expect(version.parse(JSON.parse(read('package-lock.json'))).version).toBe(present);
    expect(/^## (\S+)$/m.exec(read('CHANGELOG.md'))?.[1]).toBe(present);
  });
});
