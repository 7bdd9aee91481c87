/** An attribute of an instance: how many numbers, of which kind. */
export interface Field {
  name: string;
  size: number;
  kind: 'float' | 'bytes';
}

const BYTES = { float: 4, bytes: 1 } as const;

/** Corners of a square as a strip: what each instance is drawn on. */
const CORNERS = new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]);

/** A shader program that draws one square for each instance. Owns its GPU objects until `free`. */
export class Instanced {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #corners: WebGLBuffer;
  readonly #instances: WebGLBuffer;
  readonly #array: WebGLVertexArrayObject;
  readonly #uniforms = new Map<string, WebGLUniformLocation | null>();
  #count = 0;

  constructor(gl: WebGL2RenderingContext, vertex: string, fragment: string, fields: Field[]) {
    this.#gl = gl;
    this.#program = link(gl, vertex, fragment);
    this.#corners = gl.createBuffer();
    this.#instances = gl.createBuffer();
    this.#array = gl.createVertexArray();
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#corners);
    gl.bufferData(gl.ARRAY_BUFFER, CORNERS, gl.STATIC_DRAW);
    this.#attribute('a_corner', 2, gl.FLOAT, 0, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#instances);
    const stride = strideOf(fields);
    let offset = 0;
    for (const { name, size, kind } of fields) {
      const type = kind === 'float' ? gl.FLOAT : gl.UNSIGNED_BYTE;
      this.#attribute(name, size, type, stride, offset, 1);
      offset += size * BYTES[kind];
    }
    gl.bindVertexArray(null);
  }

  get count(): number {
    return this.#count;
  }

  upload(instances: ArrayBuffer, count: number): void {
    const gl = this.#gl;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#instances);
    gl.bufferData(gl.ARRAY_BUFFER, instances, gl.DYNAMIC_DRAW);
    this.#count = count;
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

  draw(): void {
    this.#gl.drawArraysInstanced(this.#gl.TRIANGLE_STRIP, 0, 4, this.#count);
  }

  free(): void {
    this.#gl.deleteProgram(this.#program);
    this.#gl.deleteBuffer(this.#corners);
    this.#gl.deleteBuffer(this.#instances);
    this.#gl.deleteVertexArray(this.#array);
  }

  #attribute(
    name: string, size: number, type: number, stride: number, offset: number, each: number,
  ): void {
    const gl = this.#gl;
    const at = gl.getAttribLocation(this.#program, name);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, size, type, type === gl.UNSIGNED_BYTE, stride, offset);
    gl.vertexAttribDivisor(at, each);
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
