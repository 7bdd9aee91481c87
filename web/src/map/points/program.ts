import type { Quads } from './quads';

/** An attribute of a quad: how many numbers, of which kind. */
export interface Field {
  name: string;
  size: number;
  kind: 'float' | 'bytes';
}

const BYTES = { float: 4, bytes: 1 } as const;

/**
 * A shader program that draws quads, of which only those in view. They are no instances: software
 * renderers treat each instance as a draw of its own, which took 300 ms a frame for 20,000.
 * Owns its GPU objects until `free`.
 */
export class QuadProgram {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #vertices: WebGLBuffer;
  readonly #indices: WebGLBuffer;
  readonly #array: WebGLVertexArrayObject;
  readonly #uniforms = new Map<string, WebGLUniformLocation | null>();
  #quads: Quads | undefined;
  #scratch = new Uint32Array(0);

  constructor(gl: WebGL2RenderingContext, vertex: string, fragment: string, fields: Field[]) {
    this.#gl = gl;
    this.#program = link(gl, vertex, fragment);
    this.#vertices = gl.createBuffer();
    this.#indices = gl.createBuffer();
    this.#array = gl.createVertexArray();
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#vertices);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.#indices);
    const stride = strideOf(fields);
    let offset = 0;
    for (const { name, size, kind } of fields) {
      const type = kind === 'float' ? gl.FLOAT : gl.UNSIGNED_BYTE;
      const at = gl.getAttribLocation(this.#program, name);
      gl.enableVertexAttribArray(at);
      gl.vertexAttribPointer(at, size, type, kind === 'bytes', stride, offset);
      offset += size * BYTES[kind];
    }
    gl.bindVertexArray(null);
  }

  upload(quads: Quads): void {
    const gl = this.#gl;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#vertices);
    gl.bufferData(gl.ARRAY_BUFFER, quads.bytes, gl.DYNAMIC_DRAW);
    this.#quads = quads;
  }

  use(): void {
    this.#gl.useProgram(this.#program);
    this.#gl.bindVertexArray(this.#array);
  }

  uniform(name: string): WebGLUniformLocation | null {
    let at = this.#uniforms.get(name);
    if (at === undefined) {
      at = this.#gl.getUniformLocation(this.#program, name);
      this.#uniforms.set(name, at);
    }
    return at;
  }

  /** Draws the quads whose places lie within a box of the world. */
  draw(west: number, north: number, east: number, south: number): void {
    const gl = this.#gl;
    const quads = this.#quads;
    if (!quads) return;
    if (this.#scratch.length < quads.count * 6) {
      this.#scratch = new Uint32Array(quads.count * 6);
    }
    const used = quads.within(west, north, east, south, this.#scratch);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, this.#scratch.subarray(0, used), gl.STREAM_DRAW);
    gl.drawElements(gl.TRIANGLES, used, gl.UNSIGNED_INT, 0);
  }

  free(): void {
    this.#gl.deleteProgram(this.#program);
    this.#gl.deleteBuffer(this.#vertices);
    this.#gl.deleteBuffer(this.#indices);
    this.#gl.deleteVertexArray(this.#array);
  }
}

export function strideOf(fields: readonly Field[]): number {
  return fields.reduce((sum, { size, kind }) => sum + size * BYTES[kind], 0);
}

function link(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
    const shader = gl.createShader(kind);
    if (!shader) continue; // The context is lost: MapLibre makes a new one, and us anew.
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`The points cannot be drawn: ${gl.getProgramInfoLog(program) ?? ''}`);
  }
  return program;
}
