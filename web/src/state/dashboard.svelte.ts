import { getContext, setContext } from 'svelte';
import { ApiClient, type Params } from '../api/client';
import type { Latest, LatestFeature, Measures, Status } from '../api/types';
import { en } from '../i18n/en';
import { loadCatalogue, preferredLocale, type Translate, translator } from '../i18n/translate';
import { domainOf } from '../scales';
import { anchorOf, iso, type Range, type Window, windowOf } from '../time/range';
import { Resource } from './resource.svelte';
import { decodeView, encodeView, type Locale, type View } from './view';

const KEY = Symbol('dashboard');

/** So often, at most, the address is written: browsers refuse more than some per second. */
const ADDRESS_MS = 250;

/** So many ranges a person can zoom back through. */
const MOST_RANGES = 50;

/** The state that all panels share: what is picked in one filters the others. */
export class Dashboard {
  readonly api = new ApiClient();
  view = $state.raw<View>(decodeView(location.search));
  /** Grows whenever everything is to be asked anew. */
  tick = $state(0);
  readonly latest = new Resource<Latest>();
  readonly status = new Resource<Status>();
  readonly measures = new Resource<Measures>();
  t = $state.raw<Translate>(translator(en));
  locale = $state<Locale>('en');
  dark = $state(false);
  #ranges = $state.raw<Range[]>([]);
  #addressTimer: ReturnType<typeof setTimeout> | undefined;

  /** The features that have the picked measure. */
  readonly features: LatestFeature[] = $derived.by(() => {
    const { measure, countries, types } = this.view;
    return (this.latest.data?.features ?? []).filter(
      ({ properties }) =>
        typeof properties[measure] === 'number' &&
        (countries.length === 0 || countries.includes(properties.country)) &&
        (types.length === 0 || types.includes(properties.sensor_type_name)),
    );
  });

  readonly domain = $derived(
    domainOf(
      this.view.measure,
      this.features.map((feature) => feature.properties[this.view.measure] as number),
    ),
  );

  readonly newest: number | null = $derived.by(() => {
    const text = this.status.data?.store.newest;
    return text ? Date.parse(text) : null;
  });

  /** When "now" is; moves with each tick. */
  readonly anchor: number = $derived.by(() => {
    void this.tick;
    return anchorOf(this.newest, Date.now());
  });

  readonly isReplay: boolean = $derived(this.newest !== null && this.anchor === this.newest + 1000);

  readonly window: Window = $derived(windowOf(this.view.range, this.anchor));

  readonly canZoomBack: boolean = $derived(this.#ranges.length > 0);

  /** What narrows every question but the time. */
  readonly conditions: Params = $derived.by(() => {
    const { locations, countries, types, box, onlyBox } = this.view;
    return {
      location_id: locations.join(','),
      country: countries.join(','),
      sensor_type: types.join(','),
      bbox: onlyBox && box ? box.join(',') : '',
    };
  });

  /** The conditions with the picked window. */
  readonly filters: Params = $derived({
    ...this.conditions,
    from: iso(this.window.from),
    to: iso(this.window.to),
  });

  /** Whether the window is known: before, "the last 24 hours" could mean the wrong ones. */
  readonly isReady: boolean = $derived(this.status.data !== null);

  change(part: Partial<View>): void {
    this.view = { ...this.view, ...part };
    clearTimeout(this.#addressTimer);
    this.#addressTimer = setTimeout(() => this.#writeAddress(), ADDRESS_MS);
  }

  /** Picks a range; the one before can be gone back to. */
  pickRange(range: Range): void {
    this.#ranges = [...this.#ranges, this.view.range].slice(-MOST_RANGES);
    this.change({ range });
  }

  zoomBack(): void {
    const range = this.#ranges.at(-1);
    if (range) {
      this.#ranges = this.#ranges.slice(0, -1);
      this.change({ range });
    }
  }

  /** Picks a sensor and with it its place, as a click on the map or on a row does. */
  pickSensor(sensor: number | null): void {
    if (sensor === null) {
      this.change({ sensor: null, locations: [] });
      return;
    }
    const found = this.latest.data?.features.find(
      (feature) => feature.properties.sensor_id === sensor,
    );
    const locations = found ? [found.properties.location_id] : this.view.locations;
    this.change({ sensor, locations });
  }

  pickLocations(locations: number[]): void {
    this.change({ locations, sensor: null });
  }

  refresh(): void {
    this.tick += 1;
  }

  loadShared(): void {
    this.latest.load((signal) => this.api.latest({}, signal));
    this.status.load((signal) => this.api.status(signal));
  }

  /** The whole view as a link. */
  link(): string {
    const query = encodeView(this.view);
    return `${location.origin}${location.pathname}${query ? `?${query}` : ''}`;
  }

  async useLocale(): Promise<void> {
    const locale = this.view.locale ?? preferredLocale(navigator.languages);
    const catalogue = await loadCatalogue(locale);
    this.t = translator(catalogue);
    this.locale = locale;
    document.documentElement.lang = locale;
  }

  #writeAddress(): void {
    history.replaceState(null, '', this.link());
  }
}

export function provideDashboard(): Dashboard {
  return setContext(KEY, new Dashboard());
}

export function useDashboard(): Dashboard {
  return getContext<Dashboard>(KEY);
}
