export type Theme = 'light' | 'dark';

/** What the basemap is drawn in: quiet, so that only the readings have colour. */
export interface Palette {
  sea: string;
  land: string;
  coast: string;
  border: string;
  province: string;
  grid: string;
  country: string;
  city: string;
  halo: string;
  /** Around each point, so that it stands out from its neighbours. */
  rim: string;
  /** Around the picked point. */
  ring: string;
}

export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    sea: '#dbe6ea',
    land: '#f7f8f5',
    coast: '#b3c6cc',
    border: '#a9b3ae',
    province: '#dde1dc',
    grid: '#cad8dd',
    country: '#6d7a78',
    city: '#414c4a',
    halo: '#f7f8f5',
    rim: '#2c3a39',
    ring: '#0b2a2a',
  },
  dark: {
    sea: '#0c1418',
    land: '#1b2528',
    coast: '#35464b',
    border: '#4b5b5f',
    province: '#263236',
    grid: '#162329',
    country: '#8b9b9b',
    city: '#bccaca',
    halo: '#151e21',
    rim: '#8b9d9f',
    ring: '#ffffff',
  },
};
