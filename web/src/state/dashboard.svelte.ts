import { getContext, setContext, untrack } from 'svelte';
import { ApiClient, type Params } from '../api/client';
import type { Latest, LatestFeature, Measures, Reading, Status } from '../api/types';
import { loadCatalogue, preferredLocale, type Translate, translator } from '../i18n/translate';
import { measureLabel } from '../i18n/measures';
import { Format } from '../format/format';
import { bandOf, colourOf, domainOf } from '../scales';
import { type Asked, parametersOf, rangesOfBands } from '../table/conditions';
import { converted } from '../table/numbers';
import { anchorOf, iso, isOld, type Range, type Window, windowOf } from '../time/range';
import { Connection } from './connection.svelte';
import { Live, withReadings } from './live.svelte';
import { type Gazetteer, loadGazetteer } from './gazetteer';
import { holds, newestOf, type Place, placesOf } from './places';
import { Resource } from './resource.svelte';
import { decodeView, encodeView, type Locale, type View } from './view';

const KEY = Symbol('dashboard');

/** So often, at most, the address is written: browsers refuse more than some per second. */
const ADDRESS_MS = 250;

/** Live readings make all questions new, but no more often than this. */
const LIVE_REFRESH_MS = 5_000;

/** While no place is picked, the chart shows so many sensors: the highest. */
const HIGHEST_SHOWN = 5;

/** So many ranges a person can zoom back through. */
const MOST_RANGES = 50;

/** As many digits as a condition needs to be shown as it was written in other units. */
const KEPT_DIGITS = 10;
const SHOWN_DIGITS = 7;

/** The state that all panels share: what is picked in one filters the others. */
export class Dashboard {
  readonly api = new ApiClient();
  view = $state.raw<View>(decodeView(location.search));
  /** Grows whenever everything is to be asked anew. */
  tick = $state(0);
  readonly latest = new Resource<Latest>();
  readonly status = new Resource<Status>();
  readonly measures = new Resource<Measures>();
  /** The sensors whose newest readings meet the filters of the table's columns; null while there are no such filters. */
  readonly meeting = new Resource<ReadonlySet<number>>();
  /** What translates; before its catalogue is there, nothing can be shown. */
  t = $state.raw<Translate>((key) => key);
  isTold = $state(false);
  /** Whether a first view has all it needs, so that there is time for what is out of sight. */
  isAtRest = $state(false);
  locale = $state<Locale>('en');
  dark = $state(false);
  readonly names = new Resource<Gazetteer>();
  readonly connection = new Connection(this.api, () => this.refresh());
  readonly live = new Live(
    (readings) => this.#take(readings),
    () => this.refresh(),
  );
  #liveTimer: ReturnType<typeof setTimeout> | undefined;
  #ranges = $state.raw<Range[]>([]);
  #addressTimer: ReturnType<typeof setTimeout> | undefined;

  // Each part of the view by itself: who depends on one must not do its work again when another,
  // such as what the map shows while someone drags it, has changed.
  readonly measure = $derived(this.view.measure);
  readonly locations = $derived(this.view.locations);
  readonly sensor = $derived(this.view.sensor);
  readonly countries = $derived(this.view.countries);
  readonly types = $derived(this.view.types);
  readonly range = $derived(this.view.range);
  /** What the map shows. */
  readonly box = $derived(this.view.box);
  /** The same, when all else is narrowed to it. */
  readonly onlyBox = $derived(this.view.onlyBox ? this.box : null);
  readonly hidden = $derived(this.view.hidden);
  readonly where = $derived(this.view.where);
  readonly comparison = $derived(this.view.comparison);
  readonly units = $derived(this.view.units);
  readonly zone = $derived(this.view.zone);
  readonly theme = $derived(this.view.theme);
  readonly wantedLocale = $derived(this.view.locale);

  /** What the map shows: all features with the picked measure that meet the filters, in whichever band. */
  readonly mapped: LatestFeature[] = $derived.by(() => {
    const { measure, countries, types } = this;
    const meeting = this.meeting.data;
    return (this.latest.data?.features ?? []).filter(
      ({ properties }) =>
        typeof properties[measure] === 'number' &&
        (countries.length === 0 || countries.includes(properties.country)) &&
        (types.length === 0 || types.includes(properties.sensor_type_name)) &&
        (meeting === null || meeting.has(properties.sensor_id)),
    );
  });

  /** Of these, what lies in the map's view when someone wants only that. */
  readonly features: LatestFeature[] = $derived.by(() => {
    const box = this.onlyBox;
    return box
      ? this.mapped.filter(({ geometry }) => geometry !== null && holds(box, geometry.coordinates))
      : this.mapped;
  });

  readonly domain = $derived(
    domainOf(
      this.measure,
      this.features.map((feature) => feature.properties[this.measure] as number),
    ),
  );

  /** Of these, what is in a band that is not hidden. */
  readonly seen: LatestFeature[] = $derived.by(() => {
    const { measure, hidden, domain } = this;
    return hidden.length === 0
      ? this.features
      : this.features.filter(({ properties }) => !hidden.includes(bandOf(measure, properties[measure] as number, domain)));
  });

  readonly format: Format = $derived(
    new Format(
      this.locale,
      this.units,
      this.zone,
      this.measures.data?.measures ?? [],
    ),
  );

  readonly places: Place[] = $derived(placesOf(this.features, this.measure));

  /** Whom charts are about: the picked sensor or places, else the highest sensors of now. */
  readonly subject: Params = $derived.by(() => {
    const { locations, measure } = this;
    if (locations.length > 0) {
      return { location_id: locations.join(',') };
    }
    const highest = this.seen
      .map(({ properties }) => [properties[measure] as number, properties.sensor_id] as const)
      .sort((a, b) => b[0] - a[0] || a[1] - b[1])
      .slice(0, HIGHEST_SHOWN)
      .map(([, sensor]) => sensor)
      .sort((a, b) => a - b);
    return { sensor_id: highest.join(',') };
  });

  /** Whether there is anybody: asked of nobody, the server would answer for all. */
  readonly hasSubject: boolean = $derived(Object.values(this.subject).some(Boolean));

  readonly newest: number | null = $derived.by(() => {
    const { data } = this.status;
    // The status takes the store some time: until it is there, what has come tells the same.
    const text = data ? data.store.newest : newestOf(this.latest.data?.features ?? []);
    return text ? Date.parse(text) : null;
  });

  /** When "now" is; moves with each tick. */
  readonly anchor: number = $derived.by(() => {
    void this.tick;
    return anchorOf(this.newest, Date.now());
  });

  readonly isReplay: boolean = $derived.by(() => {
    void this.tick;
    return isOld(this.newest, Date.now());
  });

  readonly window: Window = $derived(windowOf(this.range, this.anchor));

  readonly canZoomBack: boolean = $derived(this.#ranges.length > 0);

  /** The picked places, countries, types and area. */
  readonly conditions: Params = $derived.by(() => {
    const { locations, countries, types, onlyBox } = this;
    return {
      location_id: locations.join(','),
      country: countries.join(','),
      sensor_type: types.join(','),
      bbox: onlyBox?.join(',') ?? '',
    };
  });

  /** What the filters of the table's columns ask. */
  readonly asked: Asked = $derived(parametersOf(this.where));

  /** What narrows every question but time and hidden bands. */
  readonly #unhidden: Params = $derived({ ...this.conditions, ...this.asked.parameters });

  /** What narrows every question but the time. */
  readonly #narrowing: Params = $derived(
    withRange(this.#unhidden, rangesOfBands(this.measure, this.hidden, this.domain)),
  );

  readonly #period: Params = $derived({ from: iso(this.window.from), to: iso(this.window.to) });

  /** What narrows every question. */
  readonly filters: Params = $derived({ ...this.#narrowing, ...this.#period });

  /** The filters as a text, with which effects start anew only when it is another. */
  readonly filterKey: string = $derived(JSON.stringify(this.filters));

  /** The same without hidden bands: who lets people hide them goes on showing them. */
  readonly unhiddenKey: string = $derived(JSON.stringify({ ...this.#unhidden, ...this.#period }));

  /** What charts are about, in any time. */
  readonly subjectKey: string = $derived(JSON.stringify({ ...this.#narrowing, ...this.subject }));

  /** Whether anything but measure and time narrows what is seen. */
  readonly isNarrowed: boolean = $derived.by(() => {
    const { locations, countries, types, onlyBox, hidden, where } = this.view;
    const lists = [locations, countries, types, hidden, Object.keys(where)];
    return onlyBox || lists.some((list) => list.length > 0);
  });

  /** Whether the window is known: before, "the last 24 hours" could mean the wrong ones. */
  readonly isReady: boolean = $derived(this.status.data !== null || this.newest !== null);

  /** Whether the store is known to hold nothing yet. */
  readonly isWaiting: boolean = $derived(this.isReady && this.newest === null);

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

  /** Takes away all that narrows. */
  widen(): void {
    this.change({
      locations: [], sensor: null, countries: [], types: [], onlyBox: false, hidden: [], where: {},
    });
  }

  /** The city next to a place, once the names are there. */
  near(place: readonly [number, number] | null): string | null {
    return (place && this.names.data?.nearest(place)) ?? null;
  }

  /** What a location is called: its number, and the city next to it when that is known. */
  placeName(id: number): string {
    const feature = this.latest.data?.features.find(({ properties }) => properties.location_id === id);
    const city = feature ? this.near(feature.geometry?.coordinates ?? null) : null;
    return city === null ? this.t('place.name', { id }) : this.t('place.near', { id, city });
  }

  /** Reads the names of places, when everything that a first view needs is there. */
  loadNames(): void {
    this.names.load(loadGazetteer);
  }

  /** A column's condition as people read it: in their language and in the units that are shown. */
  conditionText(column: string, condition: string): string {
    if (column === 'indoor') return this.t(condition === 'true' ? 'value.yes' : 'value.no');
    return this.#inUnits(column, condition, this.format.shown(column).convert, SHOWN_DIGITS);
  }

  /** The condition of what someone has written in the units that are shown. */
  conditionOf(column: string, text: string): string {
    return this.#inUnits(column, text, this.format.shown(column).revert, KEPT_DIGITS);
  }

  #inUnits(column: string, text: string, change: (value: number) => number, digits: number): string {
    return this.format.hasUnit(column) ? converted(text, change, digits) : text;
  }

  measureLabel(name: string): string {
    return measureLabel(this.t, name, this.format.label(name));
  }

  colour(value: number): string {
    return colourOf(this.measure, value, this.domain);
  }

  loadShared(): void {
    this.latest.load((signal) => this.api.latest({}, signal));
    // What a store has never seen before can come with any reading, but seldom does.
    if (untrack(() => this.measures.data) === null) {
      this.measures.load((signal) => this.api.measures(signal));
    }
    this.status.load((signal) => this.api.status(signal));
  }

  /** Finds the sensors that meet the filters of columns: the map's readings don't have all columns. */
  loadMeeting(filters: Params): void {
    this.meeting.load(async (signal) => {
      const { features } = await this.api.latest(filters, signal);
      return new Set(features.map(({ properties }) => properties.sensor_id));
    });
  }

  /** The whole view as a link. */
  link(): string {
    const query = encodeView(this.view);
    return `${location.origin}${location.pathname}${query ? `?${query}` : ''}`;
  }

  async useLocale(): Promise<void> {
    const locale = this.wantedLocale ?? preferredLocale(navigator.languages);
    const catalogue = await loadCatalogue(locale);
    this.t = translator(catalogue);
    this.locale = locale;
    this.isTold = true;
    document.documentElement.lang = locale;
  }

  #take(readings: Reading[]): void {
    const known = this.latest.data;
    if (known) {
      this.latest.data = { ...known, features: withReadings(known.features, readings) };
    }
    this.#liveTimer ??= setTimeout(() => {
      this.#liveTimer = undefined;
      this.refresh();
    }, LIVE_REFRESH_MS);
  }

  #writeAddress(): void {
    history.replaceState(null, '', this.link());
  }
}

/** The parameters with a range more, beside those they have. */
export function withRange(params: Params, range: string): Params {
  return { ...params, range: [params['range'], range].filter(Boolean).join(',') };
}

export function provideDashboard(): Dashboard {
  return setContext(KEY, new Dashboard());
}

export function useDashboard(): Dashboard {
  return getContext<Dashboard>(KEY);
}
