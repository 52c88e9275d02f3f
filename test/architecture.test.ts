import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

interface Import {
  readonly from: string;
  readonly to: string;
}

/** Rooms from the ground up; each may import those before it. */
const DOMAIN = [
  'src/errors.ts',
  'src/log.ts',
  'src/calendar',
  'src/papers',
  'src/topics',
  'src/subscriptions',
  'src/for-you',
  'src/delivery',
  'src/reading',
  'src/digest',
];
const EDGES = [
  'config',
  'commands',
  'src/scheduling',
  'src/storage',
  'src/sources',
  'src/citations',
  'src/charts',
  'src/discord',
  'src/operations',
];
/** Rooms and files that put the rest together; nothing of the bot imports them. */
const ENTRIES = [
  'src/main.ts',
  'src/backfill.ts',
  'src/preview.ts',
  'src/backup.ts',
  'src/restore.ts',
  'src/move.ts',
];
const WIRING = ['src/run-process.ts', 'src/logger.ts', 'src/system-clock.ts'];

const LIBRARY_HOMES: Readonly<Record<string, RegExp>> = {
  'discord.js': /^(src\/discord\/|commands\/|src\/bot\/)/,
  'node-cron': /^src\/scheduling\//,
  undici: /^src\/(sources\/http-client|discord\/rest\/make-request)\.ts$/,
  keyv: /^src\/storage\/ledger\//,
  kysely: /^src\/storage\/ledger\//,
  'kysely/migration': /^src\/storage\/ledger\//,
  pg: /^src\/storage\/ledger\//,
  piscina: /^src\/(storage\/archive|citations|charts)\//,
  vega: /^src\/charts\//,
  '@resvg/resvg-js': /^src\/charts\//,
  '@citation-js/core': /^src\/citations\//,
  '@citation-js/name': /^src\/citations\//,
  '@citation-js/plugin-bibtex': /^src\/citations\//,
  '@citation-js/plugin-ris': /^src\/citations\//,
  'prom-client': /^src\/operations\//,
  'p-queue': /^(src\/(discord\/rest|storage\/archive)\/|src\/bot\/start-scheduler\.ts$)/,
  'node:sqlite': /^src\/storage\//,
  zod: /(^|[/-])schema\.ts$/,
  'node:http': /^src\/operations\//,
  luxon: /^chaos\//,
  'temporal-polyfill': /^src\/calendar\/zoned-time\.ts$/,
};

const sources = globSync('{src,commands,config}/**/*.ts');

function readImports(file: string): Import[] {
  const code = readFileSync(file, 'utf8');
  const pattern =
    /^\s*(?:import|export)\s+[^'";]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'|^import\s+'([^']+)'/gm;
  return [...code.matchAll(pattern)].map((match) => {
    const target = match[1] ?? match[2] ?? match[3] ?? '';
    const to = target.startsWith('.') ? path.normalize(path.join(path.dirname(file), target)) : target;
    return { from: file, to };
  });
}

function roomOf(file: string, rooms: readonly string[]): number {
  return rooms.findIndex((room) => file === room || file.startsWith(`${room}/`));
}

function isLibrary(target: string): boolean {
  return !/^(src|commands|config|playground|bench|chaos|test)\//.test(target) && target !== 'package.json';
}

function findBreach({ from, to }: Import): string | undefined {
  const arrow = `${from} imports ${to}`;
  if (ENTRIES.includes(to)) return `${arrow}: nothing imports an entry file`;
  if (/^(playground|bench|chaos|test)\//.test(to))
    return `${arrow}: the bot knows nothing of what runs it for show`;
  const home = LIBRARY_HOMES[to];
  if (home !== undefined && !home.test(from)) return `${arrow}: that library has another home`;
  const domain = roomOf(from, DOMAIN);
  if (domain >= 0) {
    if (isLibrary(to)) {
      return home === undefined ? `${arrow}: the domain has no libraries` : undefined;
    }
    const target = roomOf(to, DOMAIN);
    return target < 0 || target > domain ? `${arrow}: the domain imports itself, downwards` : undefined;
  }
  const edge = roomOf(from, EDGES);
  if (edge < 0) return undefined;
  if (isLibrary(to) || roomOf(to, DOMAIN) >= 0) return undefined;
  const onDiscord = EDGES[edge] === 'commands' && to.startsWith('src/discord/');
  const same = roomOf(to, EDGES) === edge;
  return onDiscord || same ? undefined : `${arrow}: an edge imports the domain and its own library`;
}

function findCycle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...trail, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}

describe('the architecture', () => {
  const imports = sources.flatMap(readImports);

  it('has imports to look at', () => {
    expect(imports.length).toBeGreaterThan(20);
  });

  it('lets arrows point down only', () => {
    expect(imports.map(findBreach).filter((breach) => breach !== undefined)).toEqual([]);
  });

  it('has no cycle', () => {
    const graph = new Map(
      sources.map((file) => [
        file,
        readImports(file)
          .map(({ to }) => to)
          .filter((to) => sources.includes(to)),
      ]),
    );

    expect(findCycle(graph)).toBeUndefined();
  });

  it('reads the environment in entry files only', () => {
    const readers = sources.filter((file) => /process\.env|loadEnvFile/.test(readFileSync(file, 'utf8')));

    expect(readers.filter((file) => !ENTRIES.includes(file))).toEqual([]);
  });

  it('keeps the auditor of the chaos run, and what reads for it, from what it audits', () => {
    const reached = new Set(globSync(['chaos/audit/**/*.ts', 'chaos/readers/*.ts']));
    for (const file of reached) {
      const files = readImports(file).filter(({ to }) => to.endsWith('.ts'));
      for (const { to } of files) reached.add(to);
    }

    expect(reached.size).toBeGreaterThan(40);
    expect([...reached].filter((file) => /^(src|commands|config)\//.test(file))).toEqual([]);
  });

  it('has no room without a name of its own', () => {
    expect(
      sources.filter((file) => /\/(utils?|helpers?|common|shared|misc|manager)(\/|\.ts$)/.test(file)),
    ).toEqual([]);
  });

  it('keeps top-level files of src to the known ones', () => {
    const known = [...ENTRIES, ...WIRING, 'src/errors.ts', 'src/log.ts'];

    expect(sources.filter((file) => /^src\/[^/]+\.ts$/.test(file) && !known.includes(file))).toEqual([]);
  });
});

describe('a breach of the architecture is noticed', () => {
  it.each([
    ['src/papers/paper.ts', 'src/digest/choose.ts'],
    ['src/digest/due.ts', 'src/storage/ledger/open-ledger.ts'],
    ['src/topics/query.ts', 'zod'],
    ['src/storage/ledger/open-ledger.ts', 'src/discord/texts.ts'],
    ['src/discord/texts.ts', 'commands/about.ts'],
    ['commands/about.ts', 'src/storage/ledger/open-ledger.ts'],
    ['src/discord/texts.ts', 'undici'],
    ['src/bot/bot.ts', 'src/main.ts'],
    ['src/bot/bot.ts', 'playground/demo.ts'],
  ])('%s importing %s', (from, to) => {
    expect(findBreach({ from, to })).toBeDefined();
  });

  it.each([
    ['commands/about.ts', 'src/discord/texts.ts'],
    ['src/digest/choose.ts', 'src/papers/paper.ts'],
    ['src/bot/bot.ts', 'src/storage/ledger/open-ledger.ts'],
    ['src/storage/schema.ts', 'zod'],
  ])('not %s importing %s', (from, to) => {
    expect(findBreach({ from, to })).toBeUndefined();
  });

  it('a circle of three files', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['a']],
    ]);

    expect(findCycle(graph)).toEqual(['a', 'b', 'c', 'a']);
  });
});
