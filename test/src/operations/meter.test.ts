import { describe, expect, it } from 'vitest';
import { createMeter } from '../../../src/operations/meter.ts';
import { METRIC_FACTS as facts } from '../../support/metric-facts.ts';

describe('the metrics', () => {
  it('say how it is at this moment', async () => {
    const meter = await createMeter();

    await meter.read({ ...facts, destinations: 500 });
    const text = await meter.read(facts);

    for (const line of [
      'paperboy_info{version="1.2.3"} 1',
      'paperboy_destinations 12',
      'paperboy_oldest_due_seconds 90',
      'paperboy_last_collection_age_seconds 61.5',
      'paperboy_gateway_connected 1',
      'paperboy_discord_clock_skew_seconds -2.5',
    ]) {
      expect(text).toContain(`\n${line}\n`);
    }
  });

  it('tell every fact', async () => {
    const meter = await createMeter();

    const text = await meter.read(facts);

    expect(text).not.toMatch(/^paperboy_.* Nan$/m);
    expect(text.match(/^# TYPE paperboy_\w+ gauge$/gm)).toHaveLength(Object.keys(facts).length);
  });

  it('count what happened since the start', async () => {
    const meter = await createMeter();

    meter.onSend('sent');
    meter.onSend('sent');
    meter.onRequest({ rank: 'delivery', status: 429 });
    meter.onInteraction({ kind: 'command', name: 'help', outcome: 'answered', ms: 70 });
    meter.onWrite(4);
    const text = await meter.read(facts);

    for (const line of [
      'paperboy_sends_total{outcome="sent"} 2',
      'paperboy_discord_requests_total{rank="delivery",status="429"} 1',
      'paperboy_interaction_seconds_bucket{le="0.05",kind="command",name="help",outcome="answered"} 0',
      'paperboy_interaction_seconds_bucket{le="0.1",kind="command",name="help",outcome="answered"} 1',
      'paperboy_ledger_write_seconds_bucket{le="0.005"} 1',
    ]) {
      expect(text).toContain(`\n${line}\n`);
    }
  });

  it('do not say 0 of what is not known', async () => {
    const meter = await createMeter();
    const unknown = { lastCollectionAgeSeconds: undefined, sessionStartsLeft: undefined };

    const text = await meter.read({ ...facts, ...unknown });

    expect(text).toContain('\npaperboy_last_collection_age_seconds Nan\n');
    expect(text).toContain('\npaperboy_session_starts_left Nan\n');
  });

  it('of two bots in one process are apart', async () => {
    const [one, other] = [await createMeter(), await createMeter()];

    one.onSend('sent');

    expect(await other.read(facts)).not.toContain('paperboy_sends_total{');
  });
});
