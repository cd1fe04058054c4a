// What is said in words beside the sheet: which rows must be explained, what is left to do, and whether it is saved.
import { counted } from "./words.js";

const AGAIN = 5_000;

export function bindTexts({ data, store, faulty, state, describe, doubts }) {
  const { texts } = data;
  const cards = new Map([...document.querySelectorAll("[data-explain]")].map((own) => [own.dataset.explain, own]));
  const questions = [...document.querySelectorAll("[data-question]")];
  const forms = [...cards.values(), ...questions];
  const list = document.querySelector("[data-lacking]");
  const dirty = new Set();
  const waiters = [];

  const isMissing = (form, names) => names.some((name) => !form.elements[name].value.trim());

  // As `Asked` in rounds/deviations.py, of what stands in the fields now; handing in asks there.
  function isExplained(account) {
    const form = cards.get(account);
    const names = store.deviation(account) > 0 ? ["cause", "measure", "effect", "due_on", "responsible"] : ["cause"];
    return !isMissing(form, names);
  }

  function update() {
    let isAny = false;
    for (const [account, form] of cards) {
      const isAsked = store.isOverThreshold(account);
      const isSaid = !isMissing(form, ["cause"]);
      form.hidden = !isAsked && !isSaid;
      form.querySelector("[data-voluntary]").hidden = isAsked;
      form.querySelector("[data-measure]").hidden = !(isAsked && store.deviation(account) > 0) && isMissing(form, ["measure"]);
      store.rows.get(account).isExplained = isExplained(account);
      isAny ||= !form.hidden;
    }
    document.querySelector("[data-explanations]").hidden = !isAny;
    list.replaceChildren(...lacking());
  }

  function* lacking() {
    let isAny = false;
    for (const [account, row] of store.rows) {
      const isGoneBy = row.budget || row.actual;
      const words = store.forecast(account) === null ? isGoneBy && texts.lackForecast : store.monthsMissing(account) && texts.monthsMissing;
      if (words) { isAny = true; yield item(`#rad-${account}`, counted(words.replace("{what}", row.label).replace("{n}", `${row.label}: {n}`), store.monthsMissing(account))); }
    }
    for (const [key, text] of faulty) {
      isAny = true;
      yield item(`#rad-${key.split("/")[0]}`, texts.lackReadable.replace("{text}", text));
    }
    for (const account of cards.keys()) {
      if (!store.isOverThreshold(account) || isExplained(account)) continue;
      isAny = true;
      yield item(`#forklaring-${account}`, texts.lackExplanation.replace("{what}", describe(account)));
    }
    for (const form of questions) {
      if (form.dataset.required === undefined || !isMissing(form, ["text"])) continue;
      isAny = true;
      yield item(`#fraga-${form.dataset.question}`, texts.lackAnswer.replace("{what}", form.dataset.question));
    }
    if (!isAny) yield item("", texts.complete);
    for (const own of doubts()) yield item(`#rad-${own.account}`, own.words, "is-note");
  }

  function item(href, words, css = href ? "" : "is-complete") {
    const own = document.createElement("li");
    const link = document.createElement(href ? "a" : "span");
    if (href) link.href = href;
    if (css) own.className = css;
    link.textContent = words;
    own.append(link);
    return own;
  }

  function goTo(form) {
    form.hidden = false;
    const empty = [...form.querySelectorAll("textarea, input:not([type=hidden])")].find((own) => !own.value.trim() && !own.closest("[hidden]"));
    (empty ?? form.querySelector("textarea")).focus();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#forklaring-'], a[href^='#fraga-']");
    const form = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!form?.matches("form")) return;
    event.preventDefault();
    goTo(form);
  });

  function settle() {
    if (!dirty.size) while (waiters.length) waiters.shift()();
  }

  // A text that was changed is a step to undo, as figures are: from when its field was entered to when it was left.
  const entered = new Map(); // field → what it held
  let isRestoring = false;

  function left(field) {
    const [before, after] = [entered.get(field), field.value];
    if (isRestoring || before === undefined || before === after) return;
    entered.set(field, after);
    const words = `${field.labels[0].textContent.trim()}, ${nameOf(field.form)}`;
    store.remember({ words, restore: (side) => write(field, side === "before" ? before : after) });
  }

  const nameOf = (form) => (form.dataset.explain ? describe(form.dataset.explain) : texts.answer);

  function write(field, text) {
    isRestoring = true;
    entered.set(field, text);
    field.form.hidden = false;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true })); // saved at once
    isRestoring = false;
  }

  for (const form of forms) {
    form.addEventListener("focusin", (event) => { if (event.target.labels?.length) entered.set(event.target, event.target.value); });
    form.addEventListener("change", (event) => left(event.target));
    form.addEventListener("input", () => { dirty.add(form); update(); });
    form.addEventListener("htmx:beforeRequest", () => dirty.delete(form)); // typed after this, it is dirty again
    form.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.successful) return settle();
      dirty.add(form);
      state.dataset.state = "failed";
      state.textContent = texts.lost;
      setTimeout(() => form.dispatchEvent(new Event("retry")), AGAIN);
    });
    form.addEventListener("htmx:responseError", (event) => event.stopPropagation()); // the page stays, with what was typed
    form.addEventListener("htmx:afterSwap", update);
  }
  window.addEventListener("beforeunload", (event) => { if (dirty.size) event.preventDefault(); });

  function comment(account, period) {
    const about = document.getElementById("about");
    if (!about) return;
    about.value = account ? `${account}/${period}` : "";
    document.getElementById("comment").focus();
  }

  function done() {
    for (const form of dirty) form.requestSubmit();
    return dirty.size ? new Promise((resolve) => waiters.push(resolve)) : Promise.resolve();
  }

  return { update, comment, done, isDirty: () => dirty.size > 0 };
}
