// What each cell of the sheet shows.
import { shown } from "./parsing.js";
import { INVESTMENTS, TOTAL } from "./grid.js";
import { counted } from "./words.js";

export function createPainter({ data, store, faulty, doubtOf, othersAt }) {
  const { texts, amountsIn } = data;
  const amount = (ore) => shown(ore, amountsIn);
  const added = [...store.rows.values()].filter((row) => !row.isInvestment).map((row) => row.account);
  const sum = (pick) => {
    const said = added.map(pick).filter((ore) => ore !== null && ore !== undefined);
    return said.length ? said.reduce((total, ore) => total + ore, 0) : null;
  };

  function span(text, css = "") {
    const element = document.createElement("span");
    element.textContent = text;
    if (css) element.className = css;
    return element;
  }

  function together(...parts) {
    const fragment = document.createDocumentFragment();
    fragment.append(...parts.filter(Boolean));
    return fragment;
  }

  // right of the amount, towards the column it is taken to
  function use(kind, text, row) {
    const label = text.replace("{to}", data.columns.forecast).replace("{what}", row.label);
    const own = document.createElement("button");
    Object.assign(own, { type: "button", className: "use", tabIndex: -1, textContent: "→", title: label });
    own.dataset.use = kind;
    own.setAttribute("aria-label", label);
    return own;
  }

  const noUse = () => span("", "no-use"); // keeps the amounts below each other

  function word(ore) {
    const page = shown(ore, amountsIn);
    return page === "0" ? texts.onBudget : ore > 0 ? texts.deficit : texts.surplus;
  }

  function deviation(ore) {
    if (ore === null) return span("–");
    const css = shown(ore, amountsIn) === "0" ? "" : ore > 0 ? "is-worse" : "is-better";
    return together(span(amount(ore), css), span(word(ore), "direction"));
  }

  const painters = {
    label: (row) => together(span(row.label), commentMark(row, 0)),
    lastYear: (row) => span(amount(row.lastYear)),
    budget: (row) => span(amount(row.budget)),
    actual: (row) => span(amount(row.actual)),
    previous: (row) => together(
      span(amount(row.previous)),
      row.previous === null ? noUse() : use("previous", texts.usePrevious, row),
    ),
    suggestion: (row) => row.suggestion
      ? together(
        span(amount(row.suggestion.ore)),
        use("suggestion", texts.useSuggestion, row),
        interval(row.suggestion),
        span(row.suggestion.why, "sr-only"),
      )
      : together(span("–"), noUse()),
    deviation: (row) => deviation(store.deviation(row.account)),
    notes: (row) => notes(row),
  };

  const interval = (own) => (own ? span(`80 %: ${amount(own.high)} … ${amount(own.low)}`, "interval") : null);

  function commentMark(row, period) {
    const count = row.comments[period];
    if (!count) return null;
    const own = Object.assign(document.createElement("a"), { href: "#kommentarer", tabIndex: -1, className: "comments-mark" });
    own.textContent = counted(texts.commentCount, count);
    return own;
  }

  function notes(row) {
    if (!store.isOverThreshold(row.account)) return span("");
    const own = document.createElement("a");
    own.href = `#forklaring-${row.account}`;
    own.tabIndex = -1;
    own.className = row.isExplained ? "is-explained" : "to-explain";
    own.textContent = row.isExplained ? texts.explained : texts.explain;
    return own;
  }

  function typed(row, spec) {
    const key = `${row.account}/${spec.period}`;
    if (faulty.has(key)) return span(faulty.get(key), "is-faulty");
    const own = store.amount(row.account, spec.period);
    const notes = [doubt(row.account, spec.period), others(row.account, spec.period)];
    if (spec.field !== "forecast") return together(month(row, spec, own), commentMark(row, spec.period), ...notes);
    const missing = store.monthsMissing(row.account);
    return together(
      span(amount(store.forecast(row.account))),
      missing ? span(counted(texts.monthsMissing, missing), "interval") : null,
      ...notes,
    );
  }

  function doubt(account, period) {
    const own = doubtOf(account, period);
    if (!own) return null;
    const asking = document.createElement("button");
    Object.assign(asking, { type: "button", className: "doubted", tabIndex: -1, textContent: texts.meant.replace("{to}", amount(own.meant)) });
    asking.dataset.acceptOne = `${account}/${period}`;
    asking.title = texts.acceptKey;
    return asking;
  }

  // who has just written there
  function others(account, period) {
    const own = othersAt(account, period);
    return own ? span(texts.theirs.replace("{by}", own.by).replace("{at}", own.at), "others") : null;
  }

  // where the full year is what was typed: how the rest of it falls
  function month(row, spec, own) {
    const falls = own === null ? store.falling(row.account)?.[store.months.indexOf(spec.period)] : undefined;
    return falls === undefined ? span(amount(own)) : span(amount(falls), "falling");
  }

  // the forecast's only where every row has one: half a sum would look like a whole one
  function totals() {
    const isWhole = added.every((account) => store.forecast(account) !== null);
    return { forecast: isWhole ? sum((account) => store.forecast(account)) : null, deviation: sum((account) => store.deviation(account)) };
  }

  // a part's figures stand in its group's row too
  function figure(field) {
    return sum((account) => (store.rows.get(account).isPart ? null : store.rows.get(account)[field]));
  }

  function total(spec) {
    if (spec.field === "label") return span(texts.total);
    if (spec.field === "notes") return span("");
    if (spec.field === "deviation") return deviation(totals().deviation);
    if (spec.field === "forecast") return span(amount(totals().forecast));
    if (spec.isTyped) return span(amount(sum((account) => store.amount(account, spec.period) ?? store.falling(account)?.[store.months.indexOf(spec.period)])));
    if (spec.field === "suggestion") return together(span(amount(sum((account) => store.rows.get(account).suggestion?.ore))), noUse(), interval(data.net));
    if (spec.field === "previous") return together(span(amount(figure("previous"))), noUse());
    return span(amount(figure(spec.field)));
  }

  function paint(account, spec) {
    if (account === TOTAL) return wrapped(total(spec));
    if (account === INVESTMENTS) return wrapped(span(spec.field === "label" ? texts.investments : ""));
    const row = store.rows.get(account);
    return wrapped(spec.isTyped ? typed(row, spec) : painters[spec.field](row));
  }

  function wrapped(content) {
    const own = document.createElement("div");
    own.className = "shown";
    own.append(content);
    return own;
  }

  // how many signs the longest amount has
  const figures = ["lastYear", "budget", "actual", "previous"].map(figure);
  const highest = Math.max(0, ...figures.map(Math.abs), ...[...store.rows.values()].map((row) => Math.abs(row.suggestion?.high ?? 0)));

  return { paint, amount, word, totals, longest: amount(highest).length };
}
