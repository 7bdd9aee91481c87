import { address, type Params } from '../api/client';
import type { LatestFeature, Reading } from '../api/types';

/** After a refusal the browser gives up; then we wait so long, doubled each time. */
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 30_000;

/** A feed of 25,000 sensors comes in bursts: panels redraw at most so often. */
const HAND_OVER_MS = 1_000;

/** New readings as they come, over Server-Sent Events. */
export class Live {
  state = $state<'off' | 'connecting' | 'open'>('off');
  /** Readings that came since it was opened. */
  count = $state(0);
  #events: EventSource | null = null;
  #waiting: Reading[] = [];
  #handOver: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #wait = FIRST_WAIT_MS;

  constructor(
    private readonly onreadings: (readings: Reading[]) => void,
    private readonly onmissed: () => void,
  ) {}

  open(params: Params): void {
    this.close();
    this.state = 'connecting';
    const events = new EventSource(address('/api/v1/stream', params));
    this.#events = events;
    events.onopen = () => {
      this.state = 'open';
      this.#wait = FIRST_WAIT_MS;
    };
    events.onerror = () => {
      this.state = 'connecting';
      if (events.readyState === EventSource.CLOSED) {
        this.#again = setTimeout(() => this.open(params), this.#wait);
        this.#wait = Math.min(LONGEST_WAIT_MS, this.#wait * 2);
      }
    };
    events.addEventListener('reading', (event: MessageEvent<string>) => {
      this.#waiting.push(JSON.parse(event.data) as Reading);
      this.#handOver ??= setTimeout(() => this.#deliver(), HAND_OVER_MS);
    });
    events.addEventListener('reset', () => this.onmissed());
  }

  close(): void {
    clearTimeout(this.#again);
    clearTimeout(this.#handOver);
    this.#handOver = undefined;
    this.#waiting = [];
    this.#events?.close();
    this.#events = null;
    this.state = 'off';
  }

  #deliver(): void {
    this.#handOver = undefined;
    const readings = this.#waiting;
    this.#waiting = [];
    this.count += readings.length;
    this.onreadings(readings);
  }
}

const IDENTITY = new Set([
  'latitude', 'longitude', 'altitude', 'indoor', 'sensor_type_id', 'sensor_type_manufacturer', 'sensor_pin',
]);

/** The newest reading of each sensor, with new ones put in; older ones change nothing. */
export function withReadings(
  features: readonly LatestFeature[],
  readings: readonly Reading[],
): LatestFeature[] {
  const all = new Map(features.map((feature) => [feature.properties.sensor_id, feature]));
  for (const reading of readings) {
    const known = all.get(reading.sensor_id);
    if (!known || known.properties.timestamp <= reading.timestamp) {
      all.set(reading.sensor_id, featureOf(reading));
    }
  }
  return [...all.values()];
}

function featureOf(reading: Reading): LatestFeature {
  const properties = Object.fromEntries(
    Object.entries(reading).filter(([name]) => !IDENTITY.has(name)),
  ) as LatestFeature['properties'];
  const { longitude, latitude } = reading;
  return {
    type: 'Feature',
    geometry:
      longitude === null || latitude === null ? null : { type: 'Point', coordinates: [longitude, latitude] },
    properties,
  };
}
