// Two people wrote in the same cell: shows both, says who and when, and lets the reader choose cell by cell.
export function createMerger({ store, texts, describe, show, onDone }) {
  const dialog = document.getElementById("merge");
  const list = dialog.querySelector("[data-conflicts]");
  const waiting = new Map(); // key → conflict

  function open(conflicts) {
    for (const own of conflicts) waiting.set(`${own.account}/${own.period}`, own);
    list.replaceChildren(...[...waiting.values()].map(item));
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("[data-focus]").focus();
  }

  function item(own, index) {
    const fields = document.createElement("fieldset");
    fields.className = "boxes merge__item";
    const legend = document.createElement("legend");
    legend.textContent = describe(own.account, own.period);
    fields.append(legend);
    const theirs = texts.theirs.replace("{by}", own.held.by).replace("{at}", own.held.at);
    fields.append(choice(index, "theirs", own, theirs, own.held.ore, true), choice(index, "mine", own, texts.mine, own.mine, false));
    return fields;
  }

  function choice(index, value, own, words, ore, isChosen) {
    const label = document.createElement("label");
    label.className = "box merge__choice";
    const input = Object.assign(document.createElement("input"), { type: "radio", name: `merge-${index}`, value, checked: isChosen });
    input.dataset.key = `${own.account}/${own.period}`;
    const amount = document.createElement("strong");
    amount.textContent = show(ore);
    const who = document.createElement("span");
    who.textContent = words;
    label.append(input, amount, who);
    return label;
  }

  function settle() {
    const mine = [];
    for (const input of list.querySelectorAll("input:checked")) {
      const own = waiting.get(input.dataset.key);
      if (input.value === "mine") mine.push({ account: own.account, period: own.period, ore: own.mine });
    }
    waiting.clear();
    dialog.close();
    if (mine.length) store.edit(mine);
    onDone();
  }

  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    settle();
  });
  for (const button of dialog.querySelectorAll("[data-all]")) {
    button.addEventListener("click", () => {
      for (const input of list.querySelectorAll(`input[value=${button.dataset.all}]`)) input.checked = true;
      settle();
    });
  }
  dialog.addEventListener("cancel", (event) => event.preventDefault()); // both are kept until one is chosen
  return { open };
}
