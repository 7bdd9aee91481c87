/** Okabe and Ito's colours, told apart with any colour vision; lighter ones on dark ground. */
const ON_LIGHT = ['#0072b2', '#c04a00', '#007a5a', '#a8508a', '#8a6d00', '#2f7fb0', '#555555', '#7a3e9d'];
const ON_DARK = ['#56b4e9', '#ff9b50', '#3fd6a8', '#f09ad0', '#f0e442', '#9cc8ff', '#c8c8c8', '#cfa6f0'];

/** The colour of the nth line; later ones begin anew. */
export function lineColour(place: number, dark: boolean): string {
  const colours = dark ? ON_DARK : ON_LIGHT;
  return colours[place % colours.length] ?? '#888888';
}
