// Small help for the keyboard around htmx: every page works without this file.
"use strict";

let lastCell = null; // where the reader was in the table or the tree when a panel was opened

document.addEventListener("click", (event) => {
  const cell = event.target.closest("td.number > a, a[data-code]");
  if (cell) lastCell = cell;
  const close = event.target.closest("[data-close-figure]");
  if (close && document.querySelector(".statement, .tree")) {
    event.preventDefault();
    closeFigure();
  }
});

document.addEventListener("keydown", (event) => {
  const figure = document.getElementById("figure");
  if (event.key === "Escape" && figure && figure.contains(document.activeElement)) closeFigure();
  if (event.key.startsWith("Arrow")) moveInTable(event);
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "figure") return;
  markCell();
  const heading = event.target.querySelector("[data-focus]");
  if (heading) heading.focus({ preventScroll: window.matchMedia("(min-width: 94rem)").matches });
});

// A page that answers with an error is shown whole rather than swallowed.
document.addEventListener("htmx:responseError", (event) => {
  window.location.assign(event.detail.requestConfig.path);
});

function closeFigure() {
  document.getElementById("figure").replaceChildren();
  markCell();
  if (lastCell) lastCell.focus();
}

function markCell() {
  const open = document.querySelector("#figure [data-row]");
  for (const cell of document.querySelectorAll("td.number > a[aria-current]")) cell.removeAttribute("aria-current");
  if (!open) return;
  const selector = `td.number > a[data-cell="${CSS.escape(open.dataset.row)}/${CSS.escape(open.dataset.column)}"]`;
  const cell = document.querySelector(selector);
  if (!cell) return;
  cell.setAttribute("aria-current", "true");
  cell.scrollIntoView({ block: "nearest", inline: "center" });
}

// Arrow keys walk between the figures of a statement; Tab still visits each of them.
function moveInTable(event) {
  const link = document.activeElement && document.activeElement.closest("td.number > a");
  if (!link || event.ctrlKey || event.altKey || event.metaKey) return;
  const cell = link.parentElement;
  const row = cell.parentElement;
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  if (!step) return;
  let next = row;
  let target = null;
  if (step[0]) {
    do { next = step[0] > 0 ? next.nextElementSibling : next.previousElementSibling; }
    while (next && !(next.cells[cell.cellIndex] && next.cells[cell.cellIndex].querySelector("a")));
    target = next && next.cells[cell.cellIndex].querySelector("a");
  } else {
    const other = step[1] > 0 ? cell.nextElementSibling : cell.previousElementSibling;
    target = other && other.querySelector("a");
  }
  if (target) { event.preventDefault(); target.focus(); }
}

// While a file is on its way: say so, and stop a second click.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-busy]");
  if (!form) return;
  if (form.querySelector("button[aria-disabled]")) { event.preventDefault(); return; }
  const status = form.querySelector("[role=status]");
  if (status) status.textContent = form.dataset.busy;
  form.setAttribute("aria-busy", "true");
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
  for (const button of document.querySelectorAll("form[data-busy] button")) button.removeAttribute("aria-disabled");
});
