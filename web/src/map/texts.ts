/** The map's own texts; names of measures and bands are in the dashboard's catalogue. */
const en = {
  name: 'Map of the newest readings: {measure}. Arrow keys move it, plus and minus zoom. The table has the same readings.',
  location: 'Location {id}',
  sensors: '{count} sensors',
  sensor: 'Sensor {id} ({type})',
  near: 'near {place}',
  worst: 'Highest',
  median: 'Median',
  ago: '{age} ago',
  pick: 'Click or Enter picks it',
  pickOne: 'Pick one of them',
  zoomIn: 'Click or Enter zooms in',
  more: '{count} more',
  close: 'Close',
  legend: 'Legend',
  legendHelp: 'A band pressed is shown',
  legendShow: 'Show all',
  legendWorst: 'Groups show their highest index',
  legendMedian: 'Groups show their median',
  band: '{from} to {to}',
  index: 'Index {index}, {band}',
  walk: 'Go through the points in view',
  walkHelp: 'Left and right arrow go to the next point, Enter picks, Escape ends. {place} of {count}.',
  fit: 'Show all sensors',
  zoomInButton: 'Zoom in',
  zoomOutButton: 'Zoom out',
  empty: 'No sensor to show here. Take filters away, or show hidden bands.',
  noWebgl: 'This browser cannot draw the map, because WebGL 2 is missing or switched off. The table has the same readings.',
  broken: 'The map could not be drawn: {reason} The table has the same readings.',
} as const;

export type TextKey = keyof typeof en;
type Texts = Readonly<Record<TextKey, string>>;

const de: Texts = {
  name: 'Karte der neuesten Messwerte: {measure}. Pfeiltasten bewegen sie, Plus und Minus zoomen. Die Tabelle enthält dieselben Werte.',
  location: 'Standort {id}',
  sensors: '{count} Sensoren',
  sensor: 'Sensor {id} ({type})',
  near: 'bei {place}',
  worst: 'Höchster',
  median: 'Median',
  ago: 'vor {age}',
  pick: 'Klick oder Eingabe wählt ihn',
  pickOne: 'Wählen Sie einen davon',
  zoomIn: 'Klick oder Eingabe zoomt hinein',
  more: '{count} weitere',
  close: 'Schließen',
  legend: 'Legende',
  legendHelp: 'Ein gedrücktes Band ist zu sehen',
  legendShow: 'Alle zeigen',
  legendWorst: 'Gruppen zeigen ihren höchsten Index',
  legendMedian: 'Gruppen zeigen ihren Median',
  band: '{from} bis {to}',
  index: 'Index {index}, {band}',
  walk: 'Die sichtbaren Punkte durchgehen',
  walkHelp: 'Pfeil links und rechts gehen zum nächsten Punkt, Eingabe wählt, Escape beendet. {place} von {count}.',
  fit: 'Alle Sensoren zeigen',
  zoomInButton: 'Hineinzoomen',
  zoomOutButton: 'Herauszoomen',
  empty: 'Kein Sensor zu zeigen. Entfernen Sie Filter, oder zeigen Sie verborgene Bänder.',
  noWebgl: 'Dieser Browser kann die Karte nicht zeichnen, da WebGL 2 fehlt oder abgeschaltet ist. Die Tabelle enthält dieselben Werte.',
  broken: 'Die Karte konnte nicht gezeichnet werden: {reason} Die Tabelle enthält dieselben Werte.',
};

const fr: Texts = {
  name: 'Carte des dernières mesures : {measure}. Les flèches la déplacent, plus et moins changent l’échelle. Le tableau contient les mêmes mesures.',
  location: 'Lieu {id}',
  sensors: '{count} capteurs',
  sensor: 'Capteur {id} ({type})',
  near: 'près de {place}',
  worst: 'Le plus haut',
  median: 'Médiane',
  ago: 'il y a {age}',
  pick: 'Clic ou Entrée pour le choisir',
  pickOne: 'Choisissez-en un',
  zoomIn: 'Clic ou Entrée pour agrandir',
  more: '{count} de plus',
  close: 'Fermer',
  legend: 'Légende',
  legendHelp: 'Une classe enfoncée est visible',
  legendShow: 'Tout montrer',
  legendWorst: 'Les groupes montrent leur indice le plus haut',
  legendMedian: 'Les groupes montrent leur médiane',
  band: 'de {from} à {to}',
  index: 'Indice {index}, {band}',
  walk: 'Parcourir les points visibles',
  walkHelp: 'Les flèches gauche et droite vont au point suivant, Entrée le choisit, Échap termine. {place} sur {count}.',
  fit: 'Montrer tous les capteurs',
  zoomInButton: 'Agrandir',
  zoomOutButton: 'Réduire',
  empty: 'Aucun capteur à montrer. Retirez des filtres ou montrez les classes masquées.',
  noWebgl: 'Ce navigateur ne peut pas dessiner la carte : WebGL 2 manque ou est désactivé. Le tableau contient les mêmes mesures.',
  broken: 'La carte n’a pas pu être dessinée : {reason} Le tableau contient les mêmes mesures.',
};

const ALL: Readonly<Record<string, Texts>> = { en, de, fr };

export type Say = (key: TextKey, values?: Record<string, string | number>) => string;

export function say(locale: string): Say {
  const texts = ALL[locale.slice(0, 2)] ?? en;
  return (key, values = {}) =>
    texts[key].replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
