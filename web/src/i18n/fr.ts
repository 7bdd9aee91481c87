import type { Catalogue } from './translate';

export const fr: Catalogue = {
  'app.tagline': 'La qualité de l’air, mesurée par tous',
  'app.skip': 'Aller au tableau de bord',
  'app.loading': 'Chargement …',
  'map.title': 'Carte',
};
