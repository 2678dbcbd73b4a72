// What Unfold's templates and Django's field for choosing from many leave out for whoever listens
// to a page or works by keyboard.
"use strict";

(() => {
  const ICON = ".material-symbols-outlined"; // a word that a font draws as an icon
  const SAID = {
    dock_to_right: "Menu",
    filter_list: "Filters",
    more_horiz: "More actions",
    more_vert: "More about what is chosen",
  };
  const NAMED = "[aria-label], [aria-labelledby], [title]";
  const FOR_A_MOUSE = ":is(span, div, a:not([href]))[x-on\\:click]";
  const CHOSEN = ".select2-selection__rendered, .select2-selection__choice";
  const CHOICE = ".select2-container";

  // An icon's word is not read out. What holds nothing but an icon says what it does.
  const silence = (icon) => {
    const word = icon.textContent.trim();
    const around = icon.closest("a, button, [role=button]");
    if (around && around.textContent.trim() === word && !around.matches(NAMED)) {
      around.setAttribute("aria-label", SAID[word] || word.replaceAll("_", " "));
    }
    if (around !== icon) icon.setAttribute("aria-hidden", "true");
  };

  const press = (event) => {
    if (event.target !== event.currentTarget || !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    event.currentTarget.click();
  };

  const makeButton = (element) => {
    if (!element.textContent.trim() || element.hasAttribute("role")) return;
    element.setAttribute("role", "button");
    element.tabIndex = 0;
    element.addEventListener("keydown", press);
  };

  // By itself the field tells what is chosen, and not what it asks for.
  const ask = (drawn) => {
    const field = drawn.previousElementSibling;
    const label = field && field.id && document.querySelector(`label[for="${field.id}"]`);
    const asked = (label || field)?.getAttribute("aria-label") || label?.textContent.trim();
    if (!asked) return;
    const chosen = [...drawn.querySelectorAll(CHOSEN)]
      .map((it) => it.title)
      .filter(Boolean)
      .join(", ");
    for (const part of drawn.querySelectorAll("[role=combobox], [role=textbox], input")) {
      part.removeAttribute("aria-labelledby");
      part.setAttribute("aria-label", `${asked} ${chosen}`.trim());
    }
    drawn.querySelector("ul")?.setAttribute("role", "presentation"); // it holds more than items
  };

  const attend = (root) => {
    const all = (selector) => [
      ...(root.matches(selector) ? [root] : []),
      ...root.querySelectorAll(selector),
    ];
    all(FOR_A_MOUSE).forEach(makeButton);
    all(ICON).forEach(silence);
    all(CHOICE).forEach(ask);
    all(".select2-search--dropdown input").forEach((it) => it.setAttribute("aria-label", "Search"));
    const changed = root.parentElement?.closest(CHOICE);
    if (changed) ask(changed);
  };

  document.addEventListener("DOMContentLoaded", () => {
    attend(document.documentElement);
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        addedNodes.forEach((node) => node.nodeType === Node.ELEMENT_NODE && attend(node));
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
