// The time line, the tree and the draft: comfort only, every page works without this file.
"use strict";

// The slider: what it stands on is said while it moves, and the tree follows when it rests (htmx).
for (const form of document.querySelectorAll("[data-time]")) {
  const range = form.querySelector("[type=range]");
  const labels = [...form.querySelectorAll("datalist option")].map((option) => option.label);
  const last = Number(range.max);
  form.querySelector("[data-without-script]").hidden = true;

  const show = () => {
    range.setAttribute("aria-valuetext", labels[range.value]);
    form.querySelector("[data-time-says]").textContent = labels[range.value];
    for (const link of form.querySelectorAll("[data-stop]")) {
      if (link.dataset.stop === range.value) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    for (const link of form.querySelectorAll("[data-step]")) {
      const to = Number(range.value) + Number(link.dataset.step);
      if (to < 0 || to > last) link.removeAttribute("href");
      else link.href = `?stop=${to}`;
    }
  };

  const goTo = (event, position) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (position < 0 || position > last || String(position) === range.value) return;
    range.value = position;
    show();
    range.dispatchEvent(new Event("change", { bubbles: true }));
  };

  range.addEventListener("input", show);
  form.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    const stop = event.target.closest("[data-stop]");
    if (step) goTo(event, Number(range.value) + Number(step.dataset.step));
    if (stop) goTo(event, Number(stop.dataset.stop));
  });
  show();
}

function prepareTree() {
  for (const tools of document.querySelectorAll(".tree-tools")) tools.hidden = false;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tree]");
  if (!button) return;
  for (const branch of button.closest("section").querySelectorAll("[data-branches] details")) {
    branch.open = button.dataset.tree === "open";
  }
});

document.addEventListener("htmx:afterSettle", () => {
  prepareTree();
  const structure = document.getElementById("structure");
  const day = document.getElementById("day");
  if (structure && day) day.value = structure.dataset.day;
});
prepareTree();

// The draft: only the fields that the kind of event has use for, and codes as they are sought.
function showFieldsOf(event) {
  const kind = event.querySelector("[data-kind]").value;
  for (const field of event.querySelectorAll("[data-for]")) field.hidden = !field.dataset.for.split(" ").includes(kind);
}

const draft = document.querySelector("[data-draft]");
if (draft) {
  for (const event of draft.querySelectorAll("[data-event]")) showFieldsOf(event);
  draft.addEventListener("change", (change) => {
    if (change.target.matches("[data-kind]")) showFieldsOf(change.target.closest("[data-event]"));
  });

  let waiting = 0;
  let askedLast = 0; // an answer that another question has overtaken is not shown
  const seek = (field) => {
    clearTimeout(waiting);
    const number = ++askedLast;
    const event = field.closest("[data-event]");
    const asked = new URLSearchParams({
      dimension: event.querySelector("[data-dimension]").value,
      on: event.querySelector("[data-on]").value,
      q: field.value,
    });
    fetch(`${draft.dataset.codesUrl}?${asked}`, { headers: { "X-Requested-With": "fetch" } })
      .then((answer) => (answer.ok ? answer.text() : ""))
      .then((options) => {
        if (number !== askedLast) return;
        const fragment = new DOMParser().parseFromString(`<datalist>${options}</datalist>`, "text/html");
        document.getElementById("codes").replaceChildren(...fragment.querySelectorAll("option"), ...opened());
      });
  };
  // codes that the draft itself opens can be chosen too
  const opened = () => [...draft.querySelectorAll("[data-event]")]
    .filter((event) => event.querySelector("[data-kind]").value === "open")
    .map((event) => {
      const [code, name] = ["code", "name"].map((part) => event.querySelector(`[name$="-${part}"]`).value);
      return Object.assign(document.createElement("option"), { value: code, textContent: name });
    })
    .filter((option) => option.value);
  draft.addEventListener("input", (event) => {
    if (!event.target.matches("[data-code-field]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => seek(event.target), 200);
  });
  draft.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-code-field]")) seek(event.target);
  });
}
