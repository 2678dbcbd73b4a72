/* This week: keys for those who like them, and where the focus goes when a card was swapped. */

(() => {
  const sheet = document.getElementById("keys");
  const opener = document.getElementById("keys-open");
  const wanted = document.getElementById("keys-on");
  if (!sheet) return;

  /* Keys: one letter each, so they can be switched off (WCAG 2.2, success criterion 2.1.4). */

  const OFF = "week-keys-off";
  const last = new Map(); // a card's id: the part of it that was pressed last
  let busy = false; // a press is on its way
  let next = null; // what was pressed by key meanwhile

  const cards = () => [...document.querySelectorAll("[data-card]")];
  const current = () => document.activeElement?.closest("[data-card]");

  function go(by) {
    const all = cards();
    const here = all.indexOf(current());
    const next = here < 0 ? all.at(by > 0 ? 0 : -1) : all[here + by];
    if (!next) return;
    (next.querySelector(":scope > summary") ?? next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  }

  function press(...what) {
    const card = current();
    if (!card) return go(1);
    if (card.tagName === "DETAILS" && !card.open) return;
    if (busy) {
      next = () => press(...what);
      return;
    }
    const found = what.map((one) => card.querySelector(one)).find(Boolean);
    found?.focus();
    found?.click();
  }

  function undo() {
    const part = last.get(current()?.id) ?? "";
    const others = ["answer", "talk", "prompt"];
    press(...[part, ...others].map((each) => `[data-undo="${each}"]`));
  }

  const keys = {
    j: () => go(1),
    k: () => go(-1),
    t: () => press('[data-key="t"]'),
    p: () => press('[data-key="p"]'),
    u: undo,
    "?": () => sheet.showModal(),
  };
  for (const place of ["1", "2", "3", "4"]) {
    keys[place] = () => press(`[data-key="${place}"]`);
  }

  document.addEventListener("keydown", (event) => {
    const writes = event.target.closest("input, textarea, select, [contenteditable]");
    const combined = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
    if (!wanted.checked || sheet.open || writes || combined) return;
    if (!Object.hasOwn(keys, event.key)) return;
    if (event.repeat && !"jk".includes(event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  wanted.checked = localStorage.getItem(OFF) === null;
  wanted.addEventListener("change", () => {
    if (wanted.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
  opener.hidden = false;
  opener.addEventListener("click", () => sheet.showModal());

  /* Swaps: a press shows at once, and whoever pressed stays where they were. */

  let pressed = null;

  function choose(form, button) {
    for (const each of form.querySelectorAll(".choices button")) {
      each.setAttribute("aria-pressed", String(each === button));
    }
  }

  document.body.addEventListener("htmx:beforeRequest", ({ detail }) => {
    const form = detail.elt;
    const button = detail.requestConfig.triggeringEvent?.submitter;
    const before = form.querySelector('.choices [aria-pressed="true"]');
    pressed = { card: form.closest("[data-card]").id, part: form.dataset.part, form, before };
    last.set(pressed.card, pressed.part);
    busy = true;
    if (button?.closest(".choices")) choose(form, button);
  });

  function keepPlace() {
    if (document.activeElement !== document.body) return;
    const card = document.getElementById(pressed.card);
    const after = `[data-after="${pressed.part}"]`;
    const shown = card?.tagName === "DETAILS" && !card.open ? null : card;
    const place =
      shown?.querySelector('[aria-invalid="true"]') ??
      shown?.querySelector("[data-said]") ??
      shown?.querySelector(after) ??
      document.querySelector("#week > [data-said]") ??
      card?.querySelector(":scope > summary") ??
      card;
    place?.focus();
  }

  document.body.addEventListener("htmx:afterRequest", () => {
    busy = false;
    keepPlace();
    const then = next;
    next = null;
    then?.();
  });

  function failed() {
    const { form, before } = pressed;
    form.querySelector("[data-failed]")?.remove();
    choose(form, before);
    const told = document.createElement("p");
    told.className = "notice error";
    told.dataset.failed = "";
    told.setAttribute("role", "alert");
    form.append(told);
    told.textContent = document.getElementById("week").dataset.failed;
  }

  for (const trouble of ["responseError", "sendError", "timeout"]) {
    document.body.addEventListener(`htmx:${trouble}`, failed);
  }
})();
