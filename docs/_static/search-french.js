"use strict";

// Sphinx makes the rule of plurals out of text, which our policy refuses: French has this one.
Documentation.addTranslations = (catalog) => {
  Object.assign(Documentation.TRANSLATIONS, catalog.messages);
  Documentation.PLURAL_EXPR = (count) => (count > 1 ? 1 : 0);
  Documentation.LOCALE = catalog.locale;
};
