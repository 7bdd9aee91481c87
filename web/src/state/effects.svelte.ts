import { flushSync } from 'svelte';
import type { Params } from '../api/client';
import type { Dashboard } from './dashboard.svelte';
import { refreshMs } from './view';

/** So often an empty store is looked at again: what somebody waits for should not need a click. */
const FIRST_LOOK_MS = 3_000;

/** The map and the panels in sight come first; then there is time for the names of places. */
const NAMES_AFTER_MS = 600;

/** So long after the names the panels further down come by themselves: whoever prints has them on paper. */
const REST_AFTER_MS = 4_000;

/** What goes on beside the panels: theme, language, refreshing, live readings. Call it once. */
export function useEffects(dashboard: Dashboard): void {
  $effect(() => {
    void dashboard.tick;
    dashboard.loadShared();
  });

  const askedKey = $derived(JSON.stringify(dashboard.asked.parameters));
  $effect(() => {
    void dashboard.tick;
    const filters = JSON.parse(askedKey) as Params;
    if (Object.keys(filters).length > 0) dashboard.loadMeeting(filters);
    else dashboard.meeting.clear();
  });

  const hasPlaces = $derived((dashboard.latest.data?.features.length ?? 0) > 0);
  $effect(() => {
    if (!hasPlaces) return;
    const timer = setTimeout(() => {
      dashboard.loadNames();
      warm();
    }, NAMES_AFTER_MS);
    return () => clearTimeout(timer);
  });

  const hasNames = $derived(dashboard.names.data !== null);
  $effect(() => {
    if (!hasNames) return;
    const timer = setTimeout(() => (dashboard.isAtRest = true), REST_AFTER_MS);
    return () => clearTimeout(timer);
  });

  $effect(() => {
    void dashboard.wantedLocale;
    void dashboard.useLocale();
  });

  $effect(() => {
    const { theme } = dashboard;
    const system = matchMedia('(prefers-color-scheme: dark)');
    const dress = (isDark: boolean): void => {
      dashboard.dark = isDark;
      document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
    };
    const use = (): void => dress(theme === 'dark' || (theme === 'system' && system.matches));
    // Paper is light: charts and the map, which are pictures, are drawn anew for it.
    const print = (): void => flushSync(() => dress(false));
    use();
    system.addEventListener('change', use);
    addEventListener('beforeprint', print);
    addEventListener('afterprint', use);
    return () => {
      system.removeEventListener('change', use);
      removeEventListener('beforeprint', print);
      removeEventListener('afterprint', use);
    };
  });

  // Before the first readings there is nothing that someone could want to keep still.
  const every = $derived(dashboard.isWaiting ? FIRST_LOOK_MS : refreshMs(dashboard.view.refresh));
  $effect(() => {
    if (every === null) return;
    const timer = setInterval(() => {
      // Nobody looks at a hidden page, and a dead server is asked by the connection itself.
      if (!document.hidden && !dashboard.connection.away) dashboard.refresh();
    }, every);
    return () => clearInterval(timer);
  });

  const streamKey = $derived(dashboard.view.live ? JSON.stringify(dashboard.conditions) : null);
  $effect(() => {
    if (streamKey === null) return;
    dashboard.live.open(JSON.parse(streamKey) as Record<string, string>);
    return () => dashboard.live.close();
  });
}

/** Fetches what a click will need, so that it opens at once, and also while the server is away. */
function warm(): void {
  const forms = [
    import('../controls/RangeForm.svelte'), import('../controls/SettingsForm.svelte'), import('../controls/ShareForm.svelte'),
    import('../charts/save'), import('../charts/svg'),
  ];
  // What fails is asked for again when somebody needs it.
  void Promise.allSettled(forms);
}
