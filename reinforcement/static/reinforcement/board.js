// A card is dragged to another column, or its buttons move it without a new page. What is sent is
// what its form sends; where the card is then, and what was refused, the page that comes back says.
"use strict";

(() => {
  const flow = document.querySelector(".barrier-board");
  const board = document.getElementById("board");
  if (!board) return;
  const said = document.getElementById("board-said");
  let dragged = null;

  const cardOf = (target) => target.closest?.(".card") ?? null;
  const stageOf = (target) => target.closest?.(".stage") ?? null;

  const prepare = () => {
    for (const card of board.querySelectorAll(".card")) {
      if (card.querySelector(".moves")) card.draggable = true;
    }
  };

  const show = (page, key) => {
    board.innerHTML = page.getElementById("board").innerHTML;
    prepare();
    const card = document.getElementById(`barrier-${key}`);
    const refusal = card?.querySelector(".refused p")?.textContent;
    const stage = card && stageOf(card).querySelector("h2").firstChild.textContent.trim();
    said.textContent = refusal ?? (stage ? `Moved to: ${stage}.` : "Moved.");
    card?.focus();
    card?.scrollIntoView({ block: "nearest" });
  };

  const move = async (form, status) => {
    const body = new FormData(form);
    body.set("status", status);
    flow.classList.add("is-moving");
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.getElementById("board")) throw new Error(answer.status);
      show(page, body.get("barrier"));
    } catch {
      location.reload(); // signed out, or the network is away: the page itself says so
    } finally {
      flow.classList.remove("is-moving");
    }
  };

  const mark = (stage) => {
    for (const each of board.querySelectorAll(".stage")) {
      each.classList.toggle("is-target", each === stage);
    }
  };

  const isElsewhere = (stage) => dragged && stage && stage !== stageOf(dragged);

  board.addEventListener("submit", (event) => {
    event.preventDefault();
    move(event.target, event.submitter.value);
  });
  board.addEventListener("dragstart", (event) => {
    dragged = cardOf(event.target);
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.querySelector("h3").textContent.trim());
    dragged.classList.add("is-dragged");
  });
  board.addEventListener("dragover", (event) => {
    const stage = stageOf(event.target);
    mark(isElsewhere(stage) ? stage : null);
    if (isElsewhere(stage)) event.preventDefault();
  });
  board.addEventListener("drop", (event) => {
    const stage = stageOf(event.target);
    if (!isElsewhere(stage)) return;
    event.preventDefault();
    move(dragged.querySelector(".moves form"), stage.dataset.status);
  });
  board.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged");
    dragged = null;
    mark(null);
  });

  prepare();
})();
