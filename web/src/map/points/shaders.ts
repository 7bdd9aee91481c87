/**
 * Places come as the sum of two 32-bit numbers, since one tells only some metres apart; the
 * difference to the view's centre is taken before they are added, and is exact.
 */
const PLACE = `
uniform vec2 u_centre_high;
uniform vec2 u_centre_low;
uniform float u_world;
uniform vec2 u_half_view;
uniform float u_shift;
in vec2 a_high;
in vec2 a_low;
vec2 corner() {
  return vec2(float(gl_VertexID & 1), float((gl_VertexID >> 1) & 1)) * 2.0 - 1.0;
}
vec2 place() {
  vec2 from_centre = (a_high - u_centre_high) + (a_low - u_centre_low) + vec2(u_shift, 0.0);
  return from_centre * u_world;
}
vec4 clip(vec2 pixels) {
  return vec4(pixels.x / u_half_view.x, -pixels.y / u_half_view.y, 0.0, 1.0);
}`;

export const DISC_VERTEX = `#version 300 es
precision highp float;
in float a_radius;
in vec4 a_colour;
uniform float u_rim_width;
uniform float u_halo;
out vec2 v_offset;
out float v_radius;
out vec4 v_colour;
${PLACE}
void main() {
  float halo = a_radius > 9.5 ? u_halo : 0.0;
  v_offset = corner() * (a_radius + u_rim_width + halo + 1.0);
  v_radius = a_radius;
  v_colour = a_colour;
  gl_Position = clip(place() + v_offset);
}`;

/** A disc with a rim; clusters, which are larger, have a halo in their colour. */
export const DISC_FRAGMENT = `#version 300 es
precision highp float;
in vec2 v_offset;
in float v_radius;
in vec4 v_colour;
uniform vec4 u_rim;
uniform float u_rim_width;
uniform float u_halo;
out vec4 colour;
void main() {
  float far = length(v_offset);
  float inside = clamp(v_radius - far + 0.5, 0.0, 1.0);
  float rimmed = clamp(v_radius + u_rim_width - far + 0.5, 0.0, 1.0);
  float haloed = v_radius > 9.5 ? clamp(v_radius + u_rim_width + u_halo - far + 0.5, 0.0, 1.0) : 0.0;
  // A ring has no fill: its colour is nothing, and so is what it leaves inside.
  vec4 fill = vec4(v_colour.rgb * v_colour.a, v_colour.a);
  vec4 under = mix(fill * 0.28 * haloed, u_rim, rimmed);
  colour = mix(under, fill, inside);
}`;

export const GLYPH_VERTEX = `#version 300 es
precision highp float;
in vec2 a_offset;
in float a_glyph;
in float a_ink;
uniform vec2 u_glyph_size;
uniform float u_glyphs;
out vec2 v_texture;
out float v_ink;
${PLACE}
void main() {
  vec2 unit = corner() * 0.5 + 0.5;
  v_texture = vec2((a_glyph + unit.x) / u_glyphs, unit.y);
  v_ink = a_ink;
  gl_Position = clip(place() + a_offset + corner() * u_glyph_size * 0.5);
}`;

export const GLYPH_FRAGMENT = `#version 300 es
precision highp float;
in vec2 v_texture;
in float v_ink;
uniform sampler2D u_atlas;
out vec4 colour;
void main() {
  float cover = texture(u_atlas, v_texture).a;
  colour = vec4(vec3(v_ink) * cover, cover);
}`;
