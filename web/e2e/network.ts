import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sensors } from '../src/map/bench/sensors';
import type { LatestFeature } from '../src/api/types';

const STEP_MS = 300_000;

/**
 * Writes captures of a network of so many sensors, five minutes apart, the last of now: every other
 * station measures dust, the others the climate. The same each time but for their times.
 */
export function writeCaptures(folder: string, count: number, captures: number): void {
  mkdirSync(folder, { recursive: true });
  const { features } = sensors(count);
  const now = Math.floor(Date.now() / 1000) * 1000 - 60_000;
  for (let i = 0; i < captures; i++) {
    const time = now - (captures - 1 - i) * STEP_MS;
    const entries = features.map((feature, n) => entryOf(feature, n, time, i));
    writeFileSync(join(folder, `${String(i).padStart(3, '0')}.json.gz`), gzipSync(JSON.stringify(entries), { level: 1 }));
  }
}

/** A sensor's reading as the feed has it: numbers as texts, times in UTC. */
function entryOf({ geometry, properties }: LatestFeature, n: number, time: number, step: number): object {
  const isDust = n % 2 === 0;
  const dust = Number(properties['P2']) * (1 + 0.1 * ((n + step) % 5));
  const values: Record<string, number> = isDust
    ? { P1: dust * 1.4, P2: dust }
    : { temperature: Number(properties['temperature']), humidity: 40 + (n % 50), pressure: 98_000 + (n % 4000) };
  const [longitude, latitude] = geometry?.coordinates ?? [0, 0];
  return {
    id: step * 1_000_000 + n + 1,
    timestamp: new Date(time).toISOString().slice(0, 19).replace('T', ' '),
    location: {
      id: properties.location_id, latitude: latitude.toFixed(3), longitude: longitude.toFixed(3),
      altitude: '100.0', country: properties.country, exact_location: 0, indoor: 0,
    },
    sensor: {
      id: properties.sensor_id, pin: isDust ? '1' : '11',
      sensor_type: isDust
        ? { id: 14, name: 'SDS011', manufacturer: 'Nova Fitness' }
        : { id: 17, name: 'BME280', manufacturer: 'Bosch' },
    },
    sensordatavalues: Object.entries(values).map(([value_type, value], i) => ({
      id: n * 10 + i, value_type, value: value.toFixed(2),
    })),
  };
}
