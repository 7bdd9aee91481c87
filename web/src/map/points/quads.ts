/**
 * Squares to be drawn, each at a place of the world. A quad's attributes stand four times, once for
 * each corner; the shader knows the corner from the vertex's number.
 */
export class Quads {
  readonly bytes: ArrayBuffer;
  readonly floats: Float32Array;
  readonly colours: Uint8Array;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #stride: number;

  constructor(
    readonly count: number,
    stride: number,
  ) {
    this.bytes = new ArrayBuffer(count * stride * 4);
    this.floats = new Float32Array(this.bytes);
    this.colours = new Uint8Array(this.bytes);
    this.#x = new Float64Array(count);
    this.#y = new Float64Array(count);
    this.#stride = stride;
  }

  /** Writes a quad's place, as the sum of two 32-bit numbers; answers where its other numbers go. */
  place(quad: number, x: number, y: number): number {
    const at = quad * this.#stride;
    this.#x[quad] = x;
    this.#y[quad] = y;
    this.floats[at] = x;
    this.floats[at + 1] = y;
    this.floats[at + 2] = x - Math.fround(x);
    this.floats[at + 3] = y - Math.fround(y);
    return at + 4;
  }

  /** Gives a quad's other three corners what its first one has. */
  finish(quad: number): void {
    const from = quad * this.#stride;
    for (let corner = 1; corner < 4; corner++) {
      const to = from + (corner * this.#stride) / 4;
      this.floats.copyWithin(to, from, from + this.#stride / 4);
    }
  }

  /** Writes the triangles of all quads within a box, and answers how many numbers that took. */
  within(west: number, north: number, east: number, south: number, indices: Uint32Array): number {
    let used = 0;
    for (let quad = 0; quad < this.count; quad++) {
      const x = this.#x[quad] ?? 0;
      const y = this.#y[quad] ?? 0;
      if (x >= west && x <= east && y >= north && y <= south) {
        const first = quad * 4;
        indices[used] = first;
        indices[used + 1] = first + 1;
        indices[used + 2] = first + 2;
        indices[used + 3] = first + 2;
        indices[used + 4] = first + 1;
        indices[used + 5] = first + 3;
        used += 6;
      }
    }
    return used;
  }
}
