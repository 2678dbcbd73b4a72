// Looks every second how far a run has come, and opens the page anew once it is over.
(function () {
  "use strict";
  const SECOND = 1000;
  let wait = SECOND;

  async function look() {
    const bar = document.getElementById("progress");
    try {
      const answer = await fetch(bar.dataset.url, { headers: { "X-Requested-With": "fetch" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.getElementById("progress");
      if (answer.redirected || !answer.ok || !now) {
        location.reload();
        return;
      }
      bar.querySelector("progress").replaceWith(now.querySelector("progress"));
      for (const selector of ["#progress-state", ".help"]) {
        const [before, after] = [bar, now].map((part) => part.querySelector(selector));
        if (before.textContent !== after.textContent) before.textContent = after.textContent;
      }
      wait = SECOND;
    } catch {
      wait = Math.min(wait * 2, 30 * SECOND); // the network is away for a moment
    }
    setTimeout(look, wait);
  }

  setTimeout(look, wait);
})();
