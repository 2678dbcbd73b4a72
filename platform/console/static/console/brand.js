// Shows what a colour becomes while somebody chooses it; without it, the button "Preview" does.
"use strict";

(() => {
  const PAUSE = 250; // milliseconds without a change
  const form = document.getElementById("colour");
  const preview = document.getElementById("preview");
  const field = document.getElementById("id_brand_colour");
  const picker = document.getElementById("picker");
  let waiting = 0;
  let asked = 0;

  const look = async () => {
    const number = (asked += 1);
    try {
      const colour = new URLSearchParams({ brand_colour: field.value.trim() });
      const answer = await fetch(`?${colour}`);
      if (!answer.ok || number !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      preview.innerHTML = page.getElementById("preview").innerHTML;
    } catch {
      // the network is away for a moment; the button asks again
    }
  };

  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  };

  picker.hidden = false;
  document.getElementById("look").hidden = true;
  picker.addEventListener("input", () => {
    field.value = picker.value;
    soon();
  });
  field.addEventListener("input", () => {
    if (!/^#[0-9a-f]{6}$/i.test(field.value.trim()) && field.value.trim()) return;
    if (field.value.trim()) picker.value = field.value.trim().toLowerCase();
    soon();
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
})();
