/** What a `datetime-local` field holds, in the zone that someone reads times in. */
export function toField(time: number, zone: 'local' | 'utc'): string {
  const shift = zone === 'utc' ? 0 : new Date(time).getTimezoneOffset() * 60_000;
  return new Date(time - shift).toISOString().slice(0, 16);
}

/** The instant of a field's text; not a number when it holds none. */
export function fromField(text: string, zone: 'local' | 'utc'): number {
  return Date.parse(zone === 'utc' ? `${text}Z` : text);
}
