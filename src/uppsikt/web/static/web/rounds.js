// Small help on the rounds' pages: folding levels, choosing several, keeping both when the table is renewed.
"use strict";

const closed = new Set(); // the codes of levels that the reader closed
const opened = new Set(); // and of those that were closed to begin with, and opened
let chosen = new Set();

const choiceOf = (box) => `${box.value} ${box.dataset.seen}`; // what has changed since it was chosen is chosen no more
const codeOf = (row) => row.querySelector("[data-code]").dataset.code;
const levelOf = (row) => Number(row.dataset.level);

function fold() {
  let hiddenBelow = Infinity; // rows deeper than this are inside something closed
  const rows = [...document.querySelectorAll(".round-tree tbody tr[data-level]")];
  rows.forEach((row, at) => {
    const level = levelOf(row);
    if (level <= hiddenBelow) hiddenBelow = Infinity;
    row.hidden = level > hiddenBelow;
    const button = row.querySelector(".fold");
    if (!button) return;
    button.hidden = false;
    const isClosed = closed.has(codeOf(row)) || ("closed" in row.dataset && !opened.has(codeOf(row)));
    button.setAttribute("aria-expanded", String(!isClosed));
    if (isClosed && hiddenBelow === Infinity) hiddenBelow = level;
  });
}

function showChosen() {
  const boxes = [...document.querySelectorAll("[data-choosing] input[name=unit]")];
  const count = boxes.filter((box) => box.checked).length;
  for (const place of document.querySelectorAll("[data-chosen]")) place.textContent = count ? `(${count})` : "";
  const all = document.querySelector("[data-choose-all]");
  if (!all) return;
  all.closest("label").hidden = false;
  all.checked = count > 0 && count === boxes.length;
  all.indeterminate = count > 0 && count < boxes.length;
}

function countParticipants() {
  const place = document.querySelector("[data-participants]");
  if (place) place.textContent = String(document.querySelectorAll(".unit-boxes input:checked").length);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".fold");
  if (!button) return;
  const row = button.closest("tr");
  const isOpen = button.getAttribute("aria-expanded") === "true";
  if (isOpen) { closed.add(codeOf(row)); opened.delete(codeOf(row)); }
  else { closed.delete(codeOf(row)); opened.add(codeOf(row)); }
  fold();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-choose-all]")) {
    for (const box of document.querySelectorAll("[data-choosing] input[name=unit]")) box.checked = event.target.checked;
  }
  showChosen();
  countParticipants();
});

// A renewed table keeps what was chosen and folded; it waits while somebody writes in a panel beside it.
document.addEventListener("htmx:beforeRequest", (event) => {
  const table = event.target.id === "round";
  if (table && document.querySelector("#figure details[open], #figure :focus")) event.preventDefault();
  if (table) chosen = new Set([...document.querySelectorAll("[data-choosing] input:checked")].map(choiceOf));
});
document.addEventListener("htmx:afterSettle", () => {
  for (const box of document.querySelectorAll("[data-choosing] input[name=unit]")) if (chosen.has(choiceOf(box))) box.checked = true;
  fold();
  showChosen();
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "figure") return;
  for (const link of document.querySelectorAll(".round-tree [aria-current]")) link.removeAttribute("aria-current");
  const path = event.detail.pathInfo.requestPath;
  for (const link of document.querySelectorAll(".round-tree [data-code]")) {
    if (link.getAttribute("hx-get") === path) link.setAttribute("aria-current", "true");
  }
});

// Whoever has been signed out meanwhile is asked to sign in again, on the whole page.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.xhr.responseURL.includes("/logga-in/")) return;
  event.detail.shouldSwap = false;
  window.location.reload();
});

// The panel lies over the table on narrower screens: Escape closes it wherever the reader is.
document.addEventListener("keydown", (event) => {
  const close = document.querySelector("#round #figure [data-close-figure]");
  if (event.key === "Escape" && close && !document.getElementById("figure").contains(document.activeElement)) close.click();
});

document.addEventListener("DOMContentLoaded", () => { fold(); showChosen(); countParticipants(); });
