/** A number as someone writes it into a filter. */
export const NUMBER = '-?\\d+(?:\\.\\d+)?';

/** A condition with its numbers in other units. */
export function converted(text: string, convert: (value: number) => number, digits: number): string {
  return text.replace(new RegExp(NUMBER, 'g'), (number) => String(Number(convert(Number(number)).toPrecision(digits))));
}
