import type { Comparison } from '../state/view';
import { lengthOf, type Window } from './range';

/** Whether it is another time that differs, and not the place. */
export function isOfTime({ kind }: Comparison): boolean {
  return kind !== 'none' && kind !== 'place';
}

/** The time that a window is compared with: the same one when it is another place that differs. */
export function comparedWith(comparison: Comparison, { from, to }: Window): Window {
  switch (comparison.kind) {
    case 'earlier': {
      const by = lengthOf(comparison.by) ?? 0;
      return { from: from - by, to: to - by };
    }
    case 'previous':
      return { from: from - (to - from), to: from };
    case 'period':
      return { from: comparison.from, to: comparison.to };
    default:
      return { from, to };
  }
}
