// Steps change places by keyboard, too: a button up and one down in each row, and Alt with an
// arrow anywhere in it. What is submitted is what dragging sets: the number in each row.
"use strict";

(() => {
  const ROW = ".form-group.original";

  const rowsOf = (table) => [...table.querySelectorAll(ROW)];
  const placeOf = (row, field) => row.querySelector(`input[name$="-${field}"]`);
  const titleOf = (row) => row.querySelector('[name$="-title"]')?.value || "Step";

  const tell = (table, words) => {
    table.ordering.textContent = words;
  };

  const move = (table, row, by) => {
    const rows = rowsOf(table);
    const from = rows.indexOf(row);
    const to = from + by;
    if (from < 0 || to < 0 || to >= rows.length) {
      return tell(table, `${titleOf(row)} is ${by < 0 ? "first" : "last"} already.`);
    }
    by < 0 ? rows[to].before(row) : rows[to].after(row);
    rowsOf(table).forEach((each, place) => {
      placeOf(each, table.dataset.orderingField).value = place;
    });
    tell(table, `${titleOf(row)}: place ${to + 1} of ${rows.length}. Save to keep it.`);
  };

  const button = (table, row, by, sign, words) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "move";
    made.textContent = sign;
    made.title = `${words} (Alt + ${sign})`;
    made.setAttribute("aria-label", `${words}: ${titleOf(row)}`);
    made.addEventListener("click", () => {
      move(table, row, by);
      made.focus();
    });
    return made;
  };

  const prepare = (table) => {
    table.classList.add("is-ordered");
    table.ordering = document.createElement("p");
    table.ordering.className = "sr-only";
    table.ordering.setAttribute("role", "status");
    table.after(table.ordering);
    for (const row of rowsOf(table)) {
      const place = placeOf(row, table.dataset.orderingField);
      if (!place) continue; // for whoever may only look
      const both = document.createElement("span");
      both.className = "moves";
      both.append(button(table, row, -1, "↑", "Move up"), button(table, row, 1, "↓", "Move down"));
      place.after(both);
      place.parentElement.classList.add("has-moves");
    }
    table.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      const row = event.target.closest(ROW);
      if (!by || !event.altKey || !row || event.target.matches("select")) return;
      event.preventDefault();
      const focused = event.target;
      move(table, row, by);
      focused.focus();
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("table[data-ordering-field]").forEach(prepare);
  });
})();
