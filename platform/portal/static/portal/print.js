// A button that prints the page: without a script there is none, and the browser's own menu does it.
for (const button of document.querySelectorAll("button.print")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
