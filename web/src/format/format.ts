import type { Measure } from '../api/types';
import { lengthOf, type Window } from '../time/range';
import { shownUnit, type Shown, type Units } from './units';

/** Writes numbers, times and values the way a person wants them. Immutable. */
export class Format {
  readonly #measures: ReadonlyMap<string, Measure>;
  readonly #times: Intl.DateTimeFormat;
  readonly #days: Intl.DateTimeFormat;
  readonly #clock: Intl.DateTimeFormat;
  readonly #hours: Intl.DateTimeFormat;
  readonly #dates: Intl.DateTimeFormat;
  #regions: Intl.DisplayNames | undefined;
  readonly #numbers = new Map<number, Intl.NumberFormat>();

  constructor(
    readonly locale: string,
    readonly units: Units,
    readonly zone: 'local' | 'utc',
    measures: readonly Measure[],
  ) {
    this.#measures = new Map(measures.map((measure) => [measure.name, measure]));
    const timeZone = zone === 'utc' ? { timeZone: 'UTC' } : {};
    this.#times = new Intl.DateTimeFormat(locale, {
      year: 'numeric', month: 'short', day: 'numeric',
      hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...timeZone,
    });
    this.#days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
    this.#clock = new Intl.DateTimeFormat(locale, {
      hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', ...timeZone,
    });
    this.#hours = new Intl.DateTimeFormat(locale, {
      hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...timeZone,
    });
    this.#dates = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', ...timeZone });
  }

  shown(measure: string): Shown {
    return shownUnit(measure, this.#measures.get(measure)?.unit ?? null, this.units);
  }

  unit(measure: string): string {
    return this.shown(measure).unit;
  }

  /** Whether it is a measure with a unit, whose numbers may be shown in another. */
  hasUnit(measure: string): boolean {
    return this.#measures.get(measure)?.unit != null;
  }

  /** What a measure is called; `aqi` has its own name in each language. */
  label(measure: string): string {
    return this.#measures.get(measure)?.label ?? measure;
  }

  number(value: number, digits = 0): string {
    let format = this.#numbers.get(digits);
    if (!format) {
      format = new Intl.NumberFormat(this.locale, { maximumFractionDigits: digits });
      this.#numbers.set(digits, format);
    }
    return format.format(value);
  }

  /** A value without its unit; an em dash stands for none. */
  bare(measure: string, value: number | null | undefined): string {
    if (value === null || value === undefined || !Number.isFinite(value)) {
      return '—';
    }
    const { convert, digits } = this.shown(measure);
    return this.number(convert(value), digits);
  }

  value(measure: string, value: number | null | undefined): string {
    const bare = this.bare(measure, value);
    const unit = this.unit(measure);
    return unit && bare !== '—' ? `${bare} ${unit}` : bare;
  }

  time(time: number): string {
    return this.#times.format(time);
  }

  /** From when to when. */
  period({ from, to }: Window): string {
    return `${this.time(from)} – ${this.time(to)}`;
  }

  /** A time beside an axis whose ticks are `step` seconds apart: a day's first tick names the day. */
  tick(time: number, step: number): string {
    const hour = this.#hours.format(time);
    return step >= 86_400 || hour === '00:00' ? this.#dates.format(time) : hour;
  }

  /** Hour and minute alone. */
  hour(time: number): string {
    return this.#hours.format(time);
  }

  clock(time: number): string {
    return this.#clock.format(time);
  }

  /** A day as the server counts them: in UTC. */
  day(time: number): string {
    return this.#days.format(time);
  }

  share(share: number): string {
    return new Intl.NumberFormat(this.locale, {
      style: 'percent',
      maximumFractionDigits: share > 0 && share < 0.01 ? 1 : 0,
    }).format(share);
  }

  bytes(bytes: number): string {
    const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
    const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(bytes || 1) / 3)));
    return new Intl.NumberFormat(this.locale, {
      style: 'unit', unit: units[step] ?? 'byte', unitDisplay: 'short', maximumFractionDigits: 1,
    }).format(bytes / 1000 ** step);
  }

  /** How long something lasts, in its largest unit: 3 days, 24 hours, 12 minutes. */
  duration(seconds: number): string {
    const steps: [number, string][] = [
      [31_557_600, 'year'], [86_400, 'day'], [3600, 'hour'], [60, 'minute'], [1, 'second'],
    ];
    const [length, unit] = steps.find(([size]) => Math.abs(seconds) >= size * (size === 86_400 ? 2 : 1)) ?? [1, 'second'];
    return new Intl.NumberFormat(this.locale, {
      style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0,
    }).format(Math.round(seconds / length));
  }

  /** The same, short: 5 sec, 1 min, 1 hr. */
  span(seconds: number): string {
    const unit = seconds >= 3600 ? 'hour' : seconds >= 60 ? 'minute' : 'second';
    const length = { hour: 3600, minute: 60, second: 1 }[unit];
    return new Intl.NumberFormat(this.locale, { style: 'unit', unit, unitDisplay: 'short' }).format(seconds / length);
  }

  /** A length as people write it, such as `24h`, in words. */
  length(text: string): string {
    return this.duration((lengthOf(text) ?? 0) / 1000);
  }

  country(code: string): string {
    try {
      this.#regions ??= new Intl.DisplayNames([this.locale], { type: 'region' });
      return this.#regions.of(code) ?? code;
    } catch {
      return code;
    }
  }
}
