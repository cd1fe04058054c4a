// The manager's page: one store; the sheet on wide screens with a mouse, the simple form elsewhere; saving for both.
import { cellsOf, saysNothing, textOf } from "./clipboard.js";
import { createDoubter } from "./doubting.js";
import { createEditor } from "./editing.js";
import { bindForm } from "./form.js";
import { TOTAL, createGrid } from "./grid.js";
import { createMerger } from "./merging.js";
import { createMover } from "./moving.js";
import { createPainter } from "./painting.js";
import { oreTyped, plain } from "./parsing.js";
import { createSaver } from "./saving.js";
import { FULL_YEAR, createStore } from "./store.js";
import { bindTexts } from "./texts.js";
import { counted } from "./words.js";

const data = JSON.parse(document.getElementById("forecast-data").textContent);
const { texts, amountsIn, language } = data;
const root = document.getElementById("grid");
const form = document.getElementById("form");
const why = document.getElementById("row-why");
const says = document.getElementById("says");
const state = document.getElementById("save-state");
const token = form.elements.csrfmiddlewaretoken.value;
const store = createStore(data);
const faulty = new Map(); // key → what was typed and can't be read
const others = new Map(); // key → {by, at}: what somebody else has just written
const OTHERS_SHOWN = 60_000;
const painter = createPainter({
  data, store, faulty, doubtOf: (account, period) => doubter.of(account, period), othersAt: (account, period) => others.get(`${account}/${period}`),
});
const shownWith = (ore) => `${painter.amount(ore)} ${amountsIn}`;
const WIDE = window.matchMedia("(min-width: 56rem) and (pointer: fine)");
let grid = null;
let mover = null;

function say(text, tone = "quiet") {
  says.textContent = text;
  says.dataset.tone = tone;
}

function describe(account, period) {
  const row = store.rows.get(account);
  const month = data.months.find((own) => own.period === period);
  return `${row.label}, ${month ? month.label : texts.fullYear}`;
}

const named = (accounts) => accounts.map((account) => store.rows.get(account).label).join(", ");

// Everything typed, pasted and chosen. A month typed where the full year was: the rest of the year falls on the others.
function put(changes) {
  const wanted = [...changes];
  for (const account of new Set(changes.map((own) => own.account))) {
    const parts = store.falling(account);
    const own = changes.filter((change) => change.account === account);
    if (!parts || own.some((change) => change.period === FULL_YEAR) || own.every((change) => change.ore === null)) continue;
    store.months.forEach((period, index) => {
      if (!own.some((change) => change.period === period)) wanted.push({ account, period, ore: parts[index] });
    });
  }
  for (const own of wanted) others.delete(`${own.account}/${own.period}`);
  store.edit(wanted);
  saver.soon();
}

// What was typed or pasted, which may be a slip; what was chosen isn't.
function write(changes) {
  put(changes);
  doubter.look(changes);
}

// What others wrote is shown for a while where it stands, with who and when, and said once.
function tellOthers(changed) {
  say(changed.map((cell) => (cell.ore === null ? texts.othersEmptied : texts.othersChanged)
    .replace("{by}", cell.by).replace("{what}", describe(cell.account, cell.period)).replace("{amount}", painter.amount(cell.ore))).join(" "));
  markOthers(changed, true);
  setTimeout(() => markOthers(changed, false), OTHERS_SHOWN);
}

function markOthers(changed, isNew) {
  for (const cell of changed) {
    const key = `${cell.account}/${cell.period}`;
    if (isNew) others.set(key, cell);
    else if (others.get(key) === cell) others.delete(key);
    const own = others.get(key);
    simple.mark(cell.account, cell.period, own ? texts.theirs.replace("{by}", own.by).replace("{at}", own.at) : "");
    if (store.rows.has(cell.account)) grid?.repaint(cell.account);
  }
}

function fill(kind, accounts) {
  const isEvery = !accounts;
  const changes = [];
  for (const account of accounts ?? store.rows.keys()) {
    const row = store.rows.get(account);
    const ore = kind === "suggestion" ? row.suggestion?.ore : row.previous;
    if (ore === null || ore === undefined || (isEvery && store.forecast(account) !== null)) continue;
    changes.push({ account, period: FULL_YEAR, ore });
  }
  if (changes.length) put(changes);
  const isLeft = [...store.rows.keys()].some((account) => store.forecast(account) === null);
  if (isEvery) say(changes.length ? counted(texts.filled, changes.length) : isLeft ? texts.nothingToFill : texts.allFilled);
}

const merger = createMerger({
  store, texts, describe, show: shownWith,
  onDone: () => { saver.soon(); mover?.focus(); },
});
const saver = createSaver({
  store, url: data.url, token, texts,
  show: (key, words) => { state.dataset.state = key; state.textContent = words; },
  onConflicts: (conflicts) => merger.open(conflicts),
  onState: (own) => { if (own && !own.isEditable) say(texts.closed.replace("{state}", own.label), "danger"); },
  onOthers: tellOthers,
});
const doubter = createDoubter({ store, texts, describe, show: shownWith, put, say, repaint: (account) => grid?.repaint(account) });
const simple = bindForm({ form, data, store, faulty, painter, write, say, fill, marked: () => written.update() });
const written = bindTexts({
  data, store, faulty, state, describe: (account) => store.rows.get(account).label,
  doubts: () => [...doubter.all()].map((own) => ({
    account: own.account, words: texts.lookAt.replace("{what}", describe(own.account, own.period)).replace("{to}", shownWith(own.meant)),
  })),
});
const editor = createEditor({ data, store, faulty, grid: () => grid, write, say, marked: () => written.update() });

store.onChange((accounts) => {
  doubter.forget();
  for (const account of accounts.filter((own) => store.rows.has(own))) {
    simple.write(account);
    grid?.repaint(account);
  }
  grid?.repaint(TOTAL);
  written.update();
});

function undo(isForward) {
  const step = isForward ? store.redo() : store.undo();
  if (!step) return say(isForward ? texts.nothingToRedo : texts.nothingToUndo);
  say((isForward ? texts.redone : texts.undone).replace("{what}", step.words ?? named(step.accounts)));
  if (step.accounts) saver.soon();
}

function clear(lines) {
  const changes = lines.flat().filter((own) => grid.isTyped(own.account, own.spec))
    .filter((own) => store.amount(own.account, own.spec.period) !== null || faulty.delete(`${own.account}/${own.spec.period}`))
    .map((own) => ({ account: own.account, period: own.spec.period, ore: null }));
  if (changes.length) put(changes);
}

// All of the block or nothing of it: half a paste would be worse than none.
function paste(text) {
  const lines = cellsOf(text);
  const isSingle = lines.length === 1 && lines[0].length === 1;
  const targets = isSingle ? mover.marked().map((line) => line.map((own) => [own, lines[0][0]])) : laidOut(lines);
  const said = targets.flat().filter(([, cell]) => !saysNothing(cell));
  if (!said.length) return say(texts.pasteEmpty);
  if (said.some(([own]) => !own || !grid.isTyped(own.account, own.spec))) {
    const columns = Math.max(...lines.map((line) => line.length));
    return say(texts.pasteTooWide.replace("{rows}", lines.length).replace("{columns}", columns), "danger");
  }
  const changes = said.map(([own, cell]) => ({
    account: own.account, period: own.spec.period, text: cell, unit: amountsIn,
    ore: oreTyped(cell, amountsIn, store.rows.get(own.account).side, language),
  }));
  const unreadable = changes.find((own) => own.ore === undefined);
  if (unreadable) return say(texts.pasteUnreadable.replace("{text}", unreadable.text), "danger");
  for (const own of changes) faulty.delete(`${own.account}/${own.period}`);
  write(withoutBoth(changes));
  return say(counted(texts.pasted, changes.length));
}

function laidOut(lines) {
  const { row, column } = mover.topLeft();
  return lines.map((line, down) => line.map((cell, across) => [mover.spotAt(row + down, column + across), cell]));
}

// a block over both the months and the full year: the months say more
function withoutBoth(changes) {
  const byMonth = new Set(changes.filter((own) => own.period !== FULL_YEAR).map((own) => own.account));
  return changes.filter((own) => own.period !== FULL_YEAR || !byMonth.has(own.account));
}

function copied() {
  return mover.marked().map((line) => line.map(({ account, spec }) => {
    if (spec.field === "label") return store.rows.get(account)?.label ?? (account === TOTAL ? texts.total : texts.investments);
    return plainOf(account, spec);
  }));
}

function plainOf(account, spec) {
  const row = store.rows.get(account);
  if (!row || spec.field === "notes") return grid.element(account, spec.field).textContent.replaceAll("\u202f", "").replace("\u2212", "-").replace("–", "");
  const amounts = {
    forecast: store.forecast(account), deviation: store.deviation(account), suggestion: row.suggestion?.ore ?? null,
    ...(spec.period ? { [spec.field]: store.amount(account, spec.period) } : {}),
  };
  const ore = spec.field in amounts ? amounts[spec.field] : row[spec.field];
  return plain(ore, amountsIn, spec.isTyped ? row.side : 0, language);
}

// Why the suggestion of the row one stands on is what it is.
function tellWhy(account) {
  const [label, own] = account === TOTAL ? [texts.total, data.net] : [store.rows.get(account)?.label, store.rows.get(account)?.suggestion];
  why.hidden = !own;
  if (own) why.replaceChildren(strong(texts.suggestionFor.replace("{what}", label)), ` ${own.why}`);
}

function strong(text) {
  return Object.assign(document.createElement("strong"), { textContent: text });
}

function bindClipboard() {
  const isHere = () => !editor.isOpen() && root.contains(document.activeElement);
  document.addEventListener("copy", (event) => {
    if (!isHere()) return;
    event.preventDefault();
    const lines = copied();
    event.clipboardData.setData("text/plain", textOf(lines));
    say(counted(texts.copied, lines.flat().length));
  });
  document.addEventListener("cut", (event) => {
    if (!isHere()) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", textOf(copied()));
    clear(mover.marked());
  });
  document.addEventListener("paste", (event) => {
    if (!isHere()) return;
    event.preventDefault();
    paste(event.clipboardData.getData("text/plain"));
  });
}

async function showSheet() {
  root.hidden = false;
  why.hidden = false;
  form.classList.add("is-covered");
  if (grid) return grid.table.redraw(true);
  grid = createGrid({ element: root, data, store, paint: painter.paint, longest: painter.longest, hasMonths: data.hasMonths });
  await grid.built;
  mover = createMover({
    grid, root, editor,
    actions: {
      clear, stand: tellWhy, refuse: () => say(texts.readOnly),
      comment: (own) => written.comment(store.rows.has(own.account) ? own.account : "", own.spec.period ?? FULL_YEAR),
    },
  });
  const columns = grid.columns();
  mover.start({ row: 0, column: columns.findIndex((spec) => spec.isTyped) });
  bindClipboard();
  root.dataset.ready = "true";
}

function showForm() {
  root.hidden = true;
  why.hidden = true;
  form.classList.remove("is-covered");
}

const arrange = () => (WIDE.matches ? showSheet() : showForm());
WIDE.addEventListener("change", arrange);

for (const own of document.querySelectorAll("[data-without-script]")) own.hidden = true;
for (const own of document.querySelectorAll("[data-with-script]")) own.hidden = false;

root.addEventListener("click", (event) => {
  const doubted = event.target.closest("[data-accept-one]");
  if (doubted) return doubter.accept(doubted.dataset.acceptOne);
  const use = event.target.closest("[data-use]");
  if (!use) return;
  const { account } = use.closest(".tabulator-row").dataset;
  fill(use.dataset.use, [account]);
  mover.goTo(account, "forecast");
});
for (const own of document.querySelectorAll("[data-fill]")) {
  own.addEventListener("click", (event) => { event.preventDefault(); fill(own.dataset.fill); });
}
document.querySelector("[data-undo]").addEventListener("click", () => undo(false));
document.querySelector("[data-redo]").addEventListener("click", () => undo(true));
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.target.closest("input, textarea, select")) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  undo(key === "y" || event.shiftKey);
});
document.querySelector("[data-months]")?.addEventListener("click", (event) => {
  const isShown = event.currentTarget.getAttribute("aria-pressed") !== "true";
  event.currentTarget.setAttribute("aria-pressed", String(isShown));
  if (!grid || root.hidden) {
    window.location.assign(`${form.getAttribute("action")}?i=${amountsIn}${isShown ? "&manader=1" : ""}`);
    return;
  }
  document.getElementById("work").classList.toggle("has-months", isShown);
  grid.showMonths(isShown);
  mover.again();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#rad-']");
  if (!link) return;
  event.preventDefault();
  goToRow(decodeURIComponent(link.hash.slice("#rad-".length)));
});
function goToRow(account) {
  if (root.hidden) simple.goTo(account);
  else mover.goTo(account, "forecast");
}
document.querySelector("[data-submit]").addEventListener("submit", async (event) => {
  if (faulty.size) {
    const [[key, text]] = faulty;
    event.preventDefault();
    say(texts.mendFirst.replace("{text}", text), "danger");
    return goToRow(key.split("/")[0]);
  }
  if (!store.isWaiting() && !written.isDirty()) return;
  event.preventDefault();
  const own = event.target;
  say(texts.waits);
  await Promise.all([saver.done(), written.done()]);
  own.submit();
});

// What was typed before this file had come is taken in as if it were left now. What a browser would put back by itself
// when one returns to the page is older than what others have said since: the fields are autocomplete="off".
function catchUp() {
  for (const own of document.querySelectorAll("#form input[data-account], [data-explain] [name], [data-question] [name]")) {
    if (own.value === own.defaultValue || own === document.activeElement) continue;
    for (const kind of ["input", "change"]) own.dispatchEvent(new Event(kind, { bubbles: true }));
  }
}

await arrange();
written.update();
document.querySelector("[data-first]")?.focus();
document.body.dataset.ready = "true";
if (document.readyState === "complete") catchUp();
else window.addEventListener("load", catchUp);
