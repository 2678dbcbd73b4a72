/* Guesses for the sign-up form: the address by the company's name, the time zone by the clock. */

const form = document.querySelector("form.sign-up");
const slug = form.elements.slug;
const zone = form.elements.time_zone;
let own = slug.value !== "";

slug.addEventListener("input", (event) => {
  if (event.isTrusted) own = slug.value !== "";
});

form.elements.company_name.addEventListener("input", (event) => {
  if (own) return;
  slug.value = event.target.value
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[-0-9]+|-+$/g, "")
    .slice(0, 40);
  if (slug.value) slug.dispatchEvent(new Event("input", { bubbles: true }));
});

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const isFirst = !form.querySelector("[aria-invalid]");
if (isFirst && [...zone.options].some((option) => option.value === here)) zone.value = here;
