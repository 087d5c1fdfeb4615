// What the page says, in the reader's language. Names, states and reasons are CloudWatch's and stay as they are.

import { ENGLISH } from './texts-en.js';
import { JAPANESE } from './texts-ja.js';

const TABLES = { en: ENGLISH, ja: JAPANESE };
const KEY = 'language';

/** The language of the page, chosen here or else that of the browser. */
export const language = [localStorage.getItem(KEY), navigator.language.slice(0, 2)].find((asked) => Object.hasOwn(TABLES, asked)) ?? 'en';

const plural = new Intl.PluralRules(language);

/** Whether there is a text of that key. */
export function known(key) {
  return Object.hasOwn(TABLES[language], key);
}

/** A text with its {values} filled in; where it has forms, the one for {count}. */
export function text(key, values = {}) {
  const entry = TABLES[language][key];
  const form = typeof entry === 'string' ? entry : (entry[plural.select(values.count)] ?? entry.other);
  return form.replace(/\{(\w+)\}/g, (whole, name) => values[name]);
}

/** Keeps the choice; the page starts anew in it. */
export function chooseLanguage(chosen) {
  localStorage.setItem(KEY, chosen);
  location.reload();
}

/** Gives the elements of index.html the texts that they name. */
export function fillIn(root) {
  document.documentElement.lang = language;
  for (const node of root.querySelectorAll('[data-text]')) node.textContent = text(node.dataset.text);
  for (const node of root.querySelectorAll('[data-label]')) node.setAttribute('aria-label', text(node.dataset.label));
}
