// Has the framing checked while somebody writes, and puts ideas into it; without it, buttons do.
(function () {
  "use strict";
  const PAUSE = 600; // milliseconds without a key
  const form = document.getElementById("framing");
  let waiting = 0;
  let asked = 0;

  async function check() {
    const number = (asked += 1);
    try {
      const answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form) });
      if (!answer.ok || number !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const now of page.querySelectorAll("[id]")) {
        const before = document.getElementById(now.id);
        if (before && before.innerHTML !== now.innerHTML) before.innerHTML = now.innerHTML;
      }
    } catch {
      // the network is away for a moment; the words are checked again when they are sent
    }
  }

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(check, PAUSE);
  }

  function showIdeas() {
    const outcome = form.querySelector("[name=outcome]:checked")?.value;
    for (const idea of form.querySelectorAll(".ideas [data-outcome]")) {
      idea.hidden = Boolean(idea.dataset.outcome) && idea.dataset.outcome !== outcome;
    }
  }

  function take(event) {
    const button = event.target.closest("[name=take]");
    if (!button) return;
    event.preventDefault();
    const place = button.value.indexOf(":");
    const field = document.getElementById(`id_${button.value.slice(0, place)}`);
    field.value = button.value.slice(place + 1);
    field.focus();
    check();
  }

  form.addEventListener("input", soon);
  form.addEventListener("change", showIdeas);
  form.addEventListener("click", take);
})();
