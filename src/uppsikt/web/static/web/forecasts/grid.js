// The sheet: Tabulator lays out rows and columns, `painting` says what a cell shows, `moving` where the keyboard is.
import { FormatModule, FrozenColumnsModule, Tabulator } from "../vendor/tabulator-6.5.3.js";
import { FULL_YEAR } from "./store.js";

Tabulator.registerModule([FormatModule, FrozenColumnsModule]);

export const TOTAL = ""; // the row that adds those of the net cost
export const INVESTMENTS = "*"; // the heading over those outside it

function accountsOf(store) {
  const rows = [...store.rows.values()];
  const inside = rows.filter((row) => !row.isInvestment).map((row) => row.account);
  const outside = rows.filter((row) => row.isInvestment).map((row) => row.account);
  return [...inside, TOTAL, ...(outside.length ? [INVESTMENTS, ...outside] : [])];
}

export function createGrid({ element, data, store, paint, longest, hasMonths }) {
  const room = (least, count = longest) => Math.max(least, 28 + count * 8);
  const months = data.months.map((month) => ({
    field: `m${month.period}`, title: month.label, period: month.period, width: room(100), isTyped: true, visible: hasMonths,
  }));
  const specs = [
    { field: "label", title: data.columns.label, width: 190, grow: 3 },
    { field: "lastYear", title: data.columns.lastYear, width: room(86) },
    { field: "budget", title: data.columns.budget, width: room(86) },
    { field: "actual", title: data.columns.actual, width: room(92) },
    { field: "previous", title: data.columns.previous, width: room(72) + 36 },
    { field: "suggestion", title: data.columns.suggestion, width: room(168, 2 * longest) },
    { field: "forecast", title: data.columns.forecast, width: room(126), period: FULL_YEAR, isTyped: true, grow: 2 },
    { field: "deviation", title: data.columns.deviation, width: room(108) },
    { field: "notes", title: data.columns.notes, width: 96 },
    ...months, // last: one's own forecast is seen beside them without scrolling
  ];
  const byField = new Map(specs.map((spec) => [spec.field, spec]));
  let current = null; // the cell that Tab comes to
  const table = new Tabulator(element, {
    data: accountsOf(store).map((account) => ({ id: account || "total", account })),
    layout: "fitColumns",
    renderVertical: "basic",
    renderHorizontal: "basic",
    columnDefaults: { vertAlign: "middle" },
    columns: specs.map((spec) => ({
      field: spec.field,
      title: spec.title,
      minWidth: spec.width,
      widthGrow: spec.grow ?? 1,
      frozen: spec.field === "label",
      visible: spec.visible ?? true,
      hozAlign: spec.field === "label" || spec.field === "notes" ? "left" : "right",
      headerHozAlign: spec.field === "label" || spec.field === "notes" ? "left" : "right",
      cssClass: `col-${spec.isTyped ? "typed" : spec.field}`,
      formatter: (cell) => paint(cell.getData().account, spec),
    })),
    rowFormatter: (row) => {
      row.getElement().dataset.account = row.getData().account;
      row.getElement().classList.toggle("is-total", row.getData().account === TOTAL);
      row.getElement().classList.toggle("is-heading", row.getData().account === INVESTMENTS);
      for (const cell of row.getCells()) tellCell(cell, row.getData().account);
    },
  });

  // What assistive technology is told: Tabulator leaves elements without a role between the grid and its rows.
  function tellRoles() {
    element.removeAttribute("aria-owns");
    element.setAttribute("aria-labelledby", "sheet-title");
    element.setAttribute("aria-describedby", "grid-help");
    element.setAttribute("aria-multiselectable", "true");
    for (const bare of element.querySelectorAll(".tabulator-header-contents, .tabulator-tableholder")) {
      bare.setAttribute("role", "presentation");
    }
    element.querySelector(".tabulator-tableholder").removeAttribute("tabindex");
    for (const header of element.querySelectorAll("[role=columnheader]")) header.removeAttribute("aria-sort");
  }

  function tellCell(cell, account) {
    const own = cell.getElement();
    const spec = byField.get(cell.getField());
    own.dataset.field = spec.field;
    if (spec.field === "label") own.setAttribute("role", "rowheader");
    else if (isTyped(account, spec)) own.classList.add("is-typed");
    if (!isTyped(account, spec)) own.setAttribute("aria-readonly", "true");
    own.tabIndex = current?.account === account && current.field === spec.field ? 0 : -1; // drawn anew, it is the same cell
  }

  const isTyped = (account, spec) => store.rows.has(account) && Boolean(spec.isTyped);
  const shownColumns = () => table.getColumns().filter((column) => column.isVisible()).map((column) => byField.get(column.getField()));

  return {
    table,
    isTyped,
    built: new Promise((resolve) => table.on("tableBuilt", () => { tellRoles(); resolve(); })),
    accounts: () => table.getRows().map((row) => row.getData().account),
    columns: shownColumns,
    stand: (account, field) => { current = { account, field }; },
    element: (account, field) => table.getRow(account || "total")?.getCell(field)?.getElement(),
    repaint: (account) => {
      for (const cell of table.getRow(account || "total").getCells()) {
        const own = cell.getElement();
        if (!own.querySelector("input")) own.replaceChildren(paint(account, byField.get(cell.getField())));
      }
    },
    showMonths: (isShown) => {
      for (const spec of months) table[isShown ? "showColumn" : "hideColumn"](spec.field);
      table.redraw(true);
    },
  };
}
