// Typing in one cell of the sheet.
import { exact, oreTyped } from "./parsing.js";

export function createEditor({ data, store, faulty, grid, write, say, marked }) {
  let open = null; // {account, spec, cell, input, begun, given}

  function start(account, spec, cell, first) {
    const row = store.rows.get(account);
    const key = `${account}/${spec.period}`;
    const held = spec.field === "forecast" ? store.forecast(account) : store.amount(account, spec.period);
    const given = faulty.get(key) ?? exact(held, data.amountsIn, row.side, data.language);
    const input = document.createElement("input");
    Object.assign(input, { type: "text", className: "cell-input", value: first ?? given, autocomplete: "off" });
    input.setAttribute("aria-label", `${row.label}, ${spec.title}`);
    input.setAttribute("inputmode", "decimal");
    open = { account, spec, cell, input, given, begun: store.begin(account, spec.period) };
    cell.replaceChildren(input);
    cell.classList.add("is-editing");
    input.focus();
    if (first === undefined) input.select();
    else input.setSelectionRange(first.length, first.length);
    input.addEventListener("blur", () => { if (open?.input === input) commit({ isLeaving: true }); });
    input.addEventListener("input", () => { input.removeAttribute("aria-invalid"); say(""); });
  }

  function close() {
    const { account, cell, begun } = open;
    store.end(begun);
    open = null;
    cell.classList.remove("is-editing");
    cell.replaceChildren();
    grid().repaint(account);
  }

  // True where the cell could be left. What can't be read stays as it was typed, marked, until it is mended.
  function commit({ isLeaving = false } = {}) {
    if (!open) return true;
    const { account, spec, input, given, begun } = open;
    const key = `${account}/${spec.period}`;
    const text = input.value;
    if (text === given && !faulty.has(key)) { close(); return true; }
    const ore = oreTyped(text, data.amountsIn, store.rows.get(account).side, data.language);
    if (ore === undefined) {
      say(data.texts.unreadable.replace("{text}", text), "danger");
      if (!isLeaving) { input.setAttribute("aria-invalid", "true"); return false; }
      faulty.set(key, text);
      close();
      marked();
      return true;
    }
    faulty.delete(key);
    close();
    write([{ account, period: spec.period, ore, text, unit: data.amountsIn, seen: begun.seen }]);
    return true;
  }

  function cancel() {
    faulty.delete(`${open.account}/${open.spec.period}`);
    close();
    say("");
  }

  return { open: start, commit, cancel, isOpen: () => open !== null };
}
