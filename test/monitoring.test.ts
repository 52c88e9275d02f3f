import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createMeter } from '../src/operations/meter.ts';
import { METRIC_FACTS } from './support/metric-facts.ts';

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
const TESTS = ['deploy/alerts.test.yaml', 'deploy/alerts-replicas.test.yaml'];
const read = (file: string) => readFileSync(file, 'utf8');
const alerts = [...read('deploy/alerts.yaml').matchAll(/- alert: (\w+)/g)].map(([, name = '']) => name);

/** What the bot tells at least, by the names of its series. */
async function listSeries(): Promise<readonly string[]> {
  const meter = await createMeter();
  meter.onSend('sent');
  meter.onRequest({ rank: 'delivery', status: 200 });
  meter.onInteraction({ kind: 'command', name: 'help', outcome: 'answered', ms: 1 });
  meter.onWrite(1);
  const text = await meter.read(METRIC_FACTS);
  return [...text.matchAll(/^(?:# TYPE )?(\w+)(?:\{| )/gm)].map(([, name = '']) => name);
}

describe('the rules for Prometheus', () => {
  it('fire when they should, and not before', { timeout: 60_000 }, ({ skip }) => {
    if (!hasPromtool) skip('promtool, of the package prometheus, is not installed');

    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', ...TESTS], {
      encoding: 'utf8',
    });

    expect(`${stdout}${stderr}`).not.toContain('FAILED');
    expect(status).toBe(0);
  });

  it('are each tried, both ways', () => {
    const tried = TESTS.map(read).join('').split('- name: all is well')[1] ?? '';
    const [quiet = '', loud = ''] = tried.split(/(?<=\n)  - name: nobody answers/);

    expect(alerts.length).toBeGreaterThan(10);
    expect(alerts.filter((name) => !quiet.includes(`alertname: ${name}\n`))).toEqual([]);
    expect(alerts.filter((name) => !new RegExp(`alertname: ${name}\\n +exp_alerts`).test(loud))).toEqual([]);
  });

  it('each have a line in the manual', () => {
    expect(alerts.filter((name) => !read('docs/operating.md').includes(`\`${name}\``))).toEqual([]);
  });
});

describe('what is shown to operators', () => {
  it.each(['deploy/alerts.yaml', 'deploy/grafana.json', 'docs/operating.md'])(
    'asks in %s only for what the bot tells',
    async (file) => {
      const series = await listSeries();
      const asked = new Set(read(file).match(/\b(?:paperboy|process|nodejs)_[a-z_]+[a-z\d]\b/g));

      expect(asked.size).toBeGreaterThan(5);
      expect([...asked].filter((name) => !series.includes(name))).toEqual([]);
    },
  );

  it('is a dashboard that Grafana reads', () => {
    const { title, panels } = JSON.parse(read('deploy/grafana.json'));

    expect(title).toBe('Paperboy');
    expect(panels.length).toBeGreaterThan(10);
  });
});
