import {
  addProtocol,
  type GeoJSONSource,
  type LngLatBoundsLike,
  Map as MapLibre,
  type PaddingOptions,
  ScaleControl,
} from 'maplibre-gl';
import type { LatestFeature } from '../api/types';
import { countryNames } from './basemap/countries';
import { PALETTES, type Theme } from './basemap/palette';
import { layers, ROOM, SCHEME, style } from './basemap/style';
import { tile } from './basemap/tiles';
import { type Box, boxOfView, unwrapped } from './bounds';
import { membersOf } from './points/cluster';
import { PointLayer } from './points/layer';
import { mercatorX, mercatorY, worldPixels } from './points/mercator';
import { itemUnder, type Spot, walkOrder } from './points/pick';
import { MARK, roomOf } from './points/room';
import { coarseWhileMoving } from './sharpness';
import { levelOf, Levels, type Shown } from './scene';

/** What an item on the map stands for. */
export interface Item {
  id: number;
  spot: Spot;
  lon: number;
  lat: number;
  value: number;
  features: LatestFeature[];
  /** Whether all its sensors stand at one place, so that no zoom tells them apart. */
  isSamePlace: boolean;
}

export interface Events {
  onpoint: (item: Item | null) => void;
  onpress: (item: Item | null) => void;
  onmove: (box: Box) => void;
  /** The map moved under what was pointed at. */
  onshift: () => void;
}

const CLOSEST = 16;
const MOVE_MS = 250;

/** Mercator units: a metre or so. */
const SAME_PLACE = 3e-8;

const FIT = { maxZoom: 10, animate: false } as const;

/** Narrower maps have the legend across their foot. */
const NARROW = 520;

addProtocol(SCHEME, async ({ url }) => {
  const [z, x, y] = url.slice(SCHEME.length + 3).split('/').map(Number);
  return { data: await tile(z ?? 0, x ?? 0, y ?? 0) };
});

/** The map itself: MapLibre with our basemap and points. Owned by the panel, which must `remove` it. */
export class MapView {
  readonly #map: MapLibre;
  readonly #events: Events;
  #layer = new PointLayer();
  #shown: Shown | undefined;
  #levels: Levels | undefined;
  #theme: Theme;
  #locale: string;
  #pointed: number | null = null;
  #level = -1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #placed = '';
  #isRemoved = false;

  constructor(container: HTMLElement, theme: Theme, locale: string, events: Events) {
    this.#theme = theme;
    this.#locale = locale;
    this.#events = events;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#map = new MapLibre({
      container,
      style: style(theme),
      center: [10, 30],
      zoom: 1,
      maxZoom: CLOSEST,
      maxPitch: 0,
      dragRotate: false,
      attributionControl: false,
      fadeDuration: isStill ? 0 : 200,
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#map.addControl(new ScaleControl({ maxWidth: 90 }), 'bottom-right');
    coarseWhileMoving(this.#map);
    this.#listen();
  }

  name(text: string): void {
    this.#map.getCanvas().setAttribute('aria-label', text);
  }

  show(shown: Shown): void {
    const isSame = this.#shown?.points === shown.points && this.#shown.summary === shown.summary;
    if (!isSame) {
      this.#levels = new Levels(shown.points, shown.summary);
      this.#pointed = null;
    }
    this.#shown = shown;
    this.#draw();
    // Without a style there is no room to keep yet; the style's own event keeps it.
    if (!isSame) this.#keepRoom();
  }

  dress(theme: Theme, locale: string): void {
    if (theme !== this.#theme) {
      this.#theme = theme;
      this.#whenStyled(() => this.#paint());
      this.#draw();
    }
    if (locale !== this.#locale) {
      this.#locale = locale;
      this.#whenStyled(() => void this.#nameCountries());
    }
  }

  /** Shows a box, without telling that the map moved. */
  fit(box: Box, isExact: boolean): void {
    this.#map.fitBounds(
      unwrapped(box) as LngLatBoundsLike,
      isExact ? { ...FIT, padding: 0, maxZoom: CLOSEST } : { ...FIT, padding: this.#padding() },
    );
    this.#placed = this.#place();
  }

  /** At the foot there is the legend, at the right the buttons: no sensor shall lie under them. */
  #padding(): PaddingOptions {
    const isNarrow = this.size.width <= NARROW;
    return { top: 30, right: 60, bottom: isNarrow ? 150 : 110, left: 30 };
  }

  zoomBy(step: number): void {
    this.#map.easeTo({ zoom: Math.round(this.#map.getZoom() + step), duration: 250 });
  }

  /** Comes so near that an item's sensors part. */
  open({ features }: Item): void {
    const places = features.flatMap(({ geometry }) => (geometry ? [geometry.coordinates] : []));
    const lons = places.map(([lon]) => lon);
    const lats = places.map(([, lat]) => lat);
    const box: Box = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
    this.#map.fitBounds(box as LngLatBoundsLike, { padding: 70, maxZoom: 14, duration: 450 });
  }

  point(id: number | null): void {
    if (this.#pointed !== id) {
      this.#pointed = id;
      this.#draw();
    }
  }

  /** All items in view, the highest first. */
  walk(): number[] {
    const { clientWidth, clientHeight } = this.#map.getCanvas();
    const items = this.#levels?.at(this.#level);
    return items ? walkOrder(items, this.#project, clientWidth, clientHeight) : [];
  }

  item(id: number): Item | null {
    const items = this.#levels?.at(this.#level);
    const points = this.#shown?.points;
    if (!items || !points || id >= items.count) return null;
    const members = Array.from(membersOf(items, id));
    const features = members.flatMap((i) => points.features[i] ?? []);
    const x = items.x[id] ?? 0;
    const y = items.y[id] ?? 0;
    const isSamePlace = members.every(
      (i) =>
        Math.abs((points.x[i] ?? 0) - x) < SAME_PLACE && Math.abs((points.y[i] ?? 0) - y) < SAME_PLACE,
    );
    const [lon, lat] = features[0]?.geometry?.coordinates ?? [0, 0];
    return {
      id, features, isSamePlace, lon, lat,
      spot: this.#project(x, y),
      value: items.value[id] ?? 0,
    };
  }

  get size(): { width: number; height: number } {
    const { clientWidth: width, clientHeight: height } = this.#map.getCanvas();
    return { width, height };
  }

  /** The map as a picture. */
  picture(): string {
    // Only right after drawing is there something on the canvas.
    this.#map.redraw();
    return this.#map.getCanvas().toDataURL('image/png');
  }

  remove(): void {
    clearTimeout(this.#timer);
    this.#isRemoved = true;
    this.#map.remove();
  }

  #listen(): void {
    const map = this.#map;
    // Also after the GPU was lost, when MapLibre makes all layers anew but not this one.
    map.on('style.load', () => {
      if (!map.getLayer('points')) {
        this.#layer = new PointLayer();
        // On top: a name under a point is read after a zoom, a point under a name never.
        map.addLayer(this.#layer);
        this.#draw();
      }
      map.addImage(ROOM, { width: MARK, height: MARK, data: new Uint8Array(MARK * MARK * 4) });
      this.#keepRoom();
      void this.#nameCountries();
    });
    map.on('mousemove', ({ point }) => this.#pointAt(point));
    map.on('mouseout', () => this.#events.onpoint(null));
    map.on('click', ({ point }) => {
      const id = this.#under(point);
      this.#events.onpress(id === null ? null : this.item(id));
    });
    map.on('zoom', () => {
      if (levelOf(map.getZoom()) !== this.#level) this.#draw();
    });
    map.on('move', () => this.#events.onshift());
    map.on('moveend', () => {
      this.#keepRoom();
      this.#moved();
    });
  }

  /** A change of size is no move of the person's. */
  #moved(): void {
    const place = this.#place();
    if (place === this.#placed) return;
    this.#placed = place;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const bounds = this.#map.getBounds();
      this.#events.onmove(
        boxOfView(bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()),
      );
    }, MOVE_MS);
  }

  #place(): string {
    const { lng, lat } = this.#map.getCenter();
    return `${lng.toFixed(6)} ${lat.toFixed(6)} ${this.#map.getZoom().toFixed(4)}`;
  }

  #pointAt(spot: Spot): void {
    const id = this.#under(spot);
    this.#map.getCanvas().style.setProperty('cursor', id === null ? '' : 'pointer');
    if (id !== this.#pointed) {
      this.#events.onpoint(id === null ? null : this.item(id));
    }
  }

  #under(spot: Spot): number | null {
    const items = this.#levels?.at(this.#level);
    return items ? itemUnder(items, this.#level, this.#project, spot) : null;
  }

  readonly #project = (x: number, y: number): Spot => {
    const { lng, lat } = this.#map.getCenter();
    const { clientWidth, clientHeight } = this.#map.getCanvas();
    const world = worldPixels(this.#map.getZoom());
    const east = x - mercatorX(lng);
    return {
      x: (east - Math.round(east)) * world + clientWidth / 2,
      y: (y - mercatorY(lat)) * world + clientHeight / 2,
    };
  };

  #draw(): void {
    const shown = this.#shown;
    const levels = this.#levels;
    if (!shown || !levels) return;
    const level = levelOf(this.#map.getZoom());
    if (level !== this.#level) {
      this.#level = level;
      this.#pointed = null;
      this.#events.onpoint(null);
    }
    const { rim, ring } = PALETTES[this.#theme];
    const selected = levels.itemOf(shown.selected, level);
    const rings = [...new Set([selected, this.#pointed])].filter((id) => id !== null);
    const items = levels.at(level);
    this.#layer.show({ items, zoom: level, colour: shown.colour, rings, rim, ring });
  }

  #whenStyled(act: () => void): void {
    if (this.#map.isStyleLoaded() || this.#map.getLayer('sea')) act();
    else this.#map.once('style.load', act);
  }

  /** Names go where no disc is; while the map moves, they stay where they are. */
  #keepRoom(): void {
    const items = this.#levels?.at(this.#level);
    const source = items && this.#map.getSource<GeoJSONSource>(ROOM);
    if (items && source) source.setData(roomOf(items, this.walk(), this.#level));
  }

  async #nameCountries(): Promise<void> {
    const locale = this.#locale;
    const names = await countryNames(locale);
    const source = this.#isRemoved ? undefined : this.#map.getSource<GeoJSONSource>('countries');
    if (locale === this.#locale) source?.setData(names);
  }

  #paint(): void {
    for (const { id, paint } of layers(PALETTES[this.#theme])) {
      for (const [name, value] of Object.entries(paint ?? {})) {
        this.#map.setPaintProperty(id, name, value);
      }
    }
  }
}
