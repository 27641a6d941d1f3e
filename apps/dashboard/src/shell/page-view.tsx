import { type ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Message, say } from '../i18n/language.js';
import { type Page } from '../state/address.js';

const LOADING: Message = ['Caricamento…', 'Loading…'];

/** Each page is loaded when it is first looked at. */
const LOADERS: Readonly<Record<Page, () => Promise<{ readonly default: ComponentType }>>> = {
  funnel: () => import('../pages/funnel/funnel-page.js'),
  hysteresis: () => import('../pages/hysteresis/hysteresis-page.js'),
  past: () => import('../pages/past/past-page.js'),
  journeys: () => import('../pages/journeys/journeys-page.js'),
  report: () => import('../pages/report/report-page.js'),
  quality: () => import('../pages/quality/quality-page.js'),
};

/** Begins to load a page before it is known whether it may be shown. */
export const preloadPage = (page: Page): void => void LOADERS[page]();

export function PageView({ page }: { readonly page: Page }) {
  const [shown, setShown] = useState<{ readonly page: Page; readonly view: ComponentType }>();
  useEffect(() => {
    let gone = false;
    void LOADERS[page]().then((module) => {
      if (!gone) setShown({ page, view: module.default });
    });
    return () => {
      gone = true;
    };
  }, [page]);
  if (shown?.page !== page) return <p class="card-empty">{say(LOADING)}</p>;
  const View = shown.view;
  return <View />;
}
