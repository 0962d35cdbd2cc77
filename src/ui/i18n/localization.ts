import { configureLocalization } from '@lit/localize';
import { allLocales, sourceLocale, targetLocales } from '../locales/generated/locale-codes.ts';

export type LocaleCode = (typeof allLocales)[number];

const { getLocale, setLocale } = configureLocalization({
  sourceLocale,
  targetLocales,
  loadLocale: () => import('../locales/generated/zh-Hans.ts'),
});

/** The best of our languages for the browser's list: ['zh-CN', 'en'] gives zh-Hans, ['de'] gives en. */
export function matchLocale(wanted: readonly string[]): LocaleCode {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0];
    if (language === 'zh') return 'zh-Hans';
    if (language === 'en') return 'en';
  }
  return 'en';
}

export function currentLocale(): LocaleCode {
  return allLocales.find((code) => code === getLocale()) ?? sourceLocale;
}

/**
 * Switches every text to a language and tells the document, for screen readers and font choice. Rejects when the
 * language's texts cannot be loaded; the old language then stays.
 */
export async function useLocale(locale: LocaleCode): Promise<void> {
  await setLocale(locale);
  document.documentElement.lang = locale;
}
