// Writing a section: live preview, drafts, the picker of figures, one click that binds a number.
// Comfort only: without this file the page previews, binds and saves by its buttons.
"use strict";

const editor = document.querySelector("[data-editor]");
const underline = editor && document.getElementById("numbers") ? underlineNumbers(document.getElementById("text")) : () => {};
if (editor && !document.getElementById("text").readOnly) write(editor);

function write(form) {
  const area = document.getElementById("text");
  const says = form.dataset;
  const status = form.querySelector("[data-status]");
  const clock = form.querySelector("[data-clock]");
  const place = `uppsikt-place:${form.action}`;
  for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;

  // What is sent to the server, and what comes back.
  const send = (address) => fetch(address, {
    method: "POST",
    body: new FormData(form),
    headers: { "X-Requested-With": "fetch" },
    keepalive: area.value.length < 20000,
  }).then((answer) => {
    if (answer.redirected || answer.status === 403) throw new Error(says.saysOut);
    if (!answer.ok) throw new Error(says.saysLost);
    return answer;
  });
  const tell = (text, at = "", isBad = false) => {
    if (status.textContent !== text) status.textContent = text;
    clock.textContent = at;
    status.classList.toggle("is-bad", isBad);
  };

  // Drafts: kept at every pause; "kept" is the text that the server has.
  let kept = area.defaultValue;
  let last = [status.textContent, clock.textContent]; // what was last said of it
  let keeping = null;
  const keep = () => {
    if (area.value === kept) return Promise.resolve(tell(...last)); // typed and taken back
    const text = area.value;
    return send(says.draft).then((answer) => answer.json()).then((answer) => {
      kept = text;
      last = answer.newer_by ? [`${answer.newer_by} ${says.saysNewer}`, "", true] : [answer.kept_at ? says.saysKept : says.saysSame, answer.kept_at];
      tell(...last);
    }).catch((fault) => {
      tell(fault instanceof TypeError ? says.saysLost : fault.message, "", true);
      clearTimeout(keeping);
      keeping = setTimeout(keep, 8000);
    });
  };

  // The preview: the latest question's answer alone is shown.
  let showing = null;
  let asked = 0;
  const show = () => {
    const number = ++asked;
    return send(says.preview).then((answer) => answer.text()).then((html) => {
      if (number !== asked) return;
      const fragment = new DOMParser().parseFromString(html, "text/html");
      const wasAmongNumbers = document.getElementById("numbers").contains(document.activeElement);
      const top = form.querySelector(".desk__preview").scrollTop;
      for (const part of fragment.querySelectorAll("[data-swap]")) {
        const held = document.getElementById(part.id);
        if (held) held.replaceWith(document.adoptNode(part));
      }
      underline();
      form.querySelector(".desk__preview").scrollTop = top;
      if (wasAmongNumbers) (document.querySelector("#numbers .offer") || area).focus({ preventScroll: true });
    }).catch((fault) => tell(fault instanceof TypeError ? says.saysLost : fault.message, "", true));
  };

  area.addEventListener("input", () => {
    asked += 1; // what is on its way is of an older text
    clearTimeout(showing);
    clearTimeout(keeping);
    showing = setTimeout(show, 350);
    keeping = setTimeout(keep, 1200);
    tell(says.saysTyping);
  });

  // Put text at a place so that the browser's undo still works.
  const put = (start, end, text) => {
    area.focus();
    area.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, text)) {
      area.setRangeText(text, start, end, "end");
      area.dispatchEvent(new Event("input"));
    }
  };

  // A figure in the preview leads to its reference in the text.
  const select = (figure) => {
    const alike = [...form.querySelectorAll("#preview-body .bound")].filter((one) => one.dataset.address === figure.dataset.address);
    const address = figure.dataset.address.replace(/@.*/, "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const found = [...area.value.matchAll(new RegExp(`\\{\\{\\s*${address}[@|\\s][^}]*\\}\\}`, "g"))][alike.indexOf(figure)];
    if (!found) return;
    area.focus();
    area.setSelectionRange(found.index, found.index + found[0].length);
  };

  // A number typed by hand and a figure that agrees: one click binds it.
  form.addEventListener("click", (event) => {
    const offer = event.target.closest("button[name=bind]");
    if (offer) {
      const [, from, to, reference] = offer.value.match(/^(\d+):(\d+):([^]*)$/);
      const lead = area.value.match(/^\n*/)[0].length; // the server counts from the first line with something on it
      const [start, end] = [Number(from) + lead, Number(to) + lead];
      event.preventDefault();
      if (!area.value.slice(start, end).startsWith(offer.dataset.number)) { show(); return; }
      put(start, end, reference);
      offer.focus();
      clearTimeout(showing);
      show().then(() => tell(says.saysBound));
      return;
    }
    const figure = event.target.closest("#preview-body .bound[data-address]");
    if (figure) select(figure);
    const number = event.target.closest("#preview-body a.unbound");
    if (number) {
      event.preventDefault();
      const item = document.querySelector(number.getAttribute("href"));
      item.scrollIntoView({ block: "nearest" });
      (item.querySelector(".offer") || item).focus();
    }
  });

  // Leaving: a draft first, and a warning only where it could not be kept.
  let isSending = false;
  form.addEventListener("submit", () => {
    isSending = true;
    sessionStorage.setItem(place, `${area.selectionStart}:${area.scrollTop}`);
  });
  for (const other of document.querySelectorAll("form[data-leaves]")) {
    other.addEventListener("submit", (event) => {
      if (area.value === kept || isSending) { isSending = true; return; }
      event.preventDefault();
      const button = event.submitter;
      keep().then(() => { isSending = area.value === kept; other.requestSubmit(button); });
    });
  }
  window.addEventListener("beforeunload", (event) => {
    if (!isSending && area.value !== kept) { keep(); event.preventDefault(); }
  });
  const before = (sessionStorage.getItem(place) || "").split(":").map(Number);
  if (before.length === 2) {
    sessionStorage.removeItem(place);
    area.focus({ preventScroll: true });
    area.setSelectionRange(before[0], before[0]);
    area.scrollTop = before[1];
  }

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key === "s") { event.preventDefault(); form.requestSubmit(form.querySelector("[data-save]")); }
    if (event.key === "k" && picker) { event.preventDefault(); picker.open(); }
  });

  const picker = pickFigures(form, area, put, () => tell(says.saysPut));
  if (area.value !== kept) area.dispatchEvent(new Event("input")); // typed before this file had come
}

// The picker: words in, references out, the keyboard all the way.
function pickFigures(form, area, put, done) {
  const dialog = document.querySelector("[data-picker]");
  if (!dialog) return null;
  const words = document.getElementById("picker-words");
  const list = document.getElementById("picker-hits");
  const count = dialog.querySelector("[data-hits-say]");
  const choices = { unit: document.getElementById("picker-unit"), form: document.getElementById("picker-form") };
  let from = 0;
  let to = 0;
  let active = -1;
  let asked = 0;
  let shown = null; // the words whose figures are listed
  let waiting = null;

  // what was chosen last is most often wanted next
  for (const [name, choice] of Object.entries(choices)) {
    const last = sessionStorage.getItem(`uppsikt-${name}`);
    if ([...choice.options].some((option) => option.value === last)) choice.value = last;
    choice.addEventListener("change", () => sessionStorage.setItem(`uppsikt-${name}`, choice.value));
  }

  const options = () => [...list.querySelectorAll("[role=option]")];
  const mark = (position) => {
    const all = options();
    active = all.length ? (position + all.length) % all.length : -1;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    if (active < 0) { words.removeAttribute("aria-activedescendant"); return; }
    words.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  };
  const seek = () => {
    const number = ++asked;
    const query = new URLSearchParams({ q: words.value, unit: choices.unit.value, form: choices.form.value });
    return fetch(`${form.dataset.figures}?${query}`, { headers: { "X-Requested-With": "fetch" } })
      .then((answer) => (answer.ok && !answer.redirected ? answer.text() : ""))
      .then((html) => {
        if (number !== asked) return;
        const fragment = new DOMParser().parseFromString(`<ul>${html}</ul>`, "text/html");
        list.replaceChildren(...fragment.querySelectorAll("li"));
        shown = query.get("q");
        const all = list.querySelector("[data-count]");
        count.textContent = all ? count.dataset.hitsSay.replace("{n}", all.dataset.count) : "";
        mark(0);
      });
  };
  const take = (option) => {
    if (!option) return;
    dialog.close();
    put(from, to, option.dataset.reference);
    done();
  };
  const open = (start = area.selectionStart, end = area.selectionEnd) => {
    if (dialog.open) return;
    [from, to] = [start, end];
    dialog.showModal();
    words.select();
    seek();
  };

  words.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(seek, 120); });
  for (const choice of Object.values(choices)) choice.addEventListener("change", seek);
  words.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      clearTimeout(waiting);
      // whoever types and presses Enter at once gets the figure of all that was typed
      (shown === words.value ? Promise.resolve() : seek()).then(() => take(options()[active]));
    }
  });
  list.addEventListener("click", (event) => take(event.target.closest("[role=option]")));
  dialog.querySelector("[data-picker-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => area.focus());
  for (const button of document.querySelectorAll("[data-pick]")) {
    button.addEventListener("click", (event) => { event.preventDefault(); open(); });
  }
  // two braces typed ask for a figure in their place
  area.addEventListener("input", (event) => {
    const caret = area.selectionStart;
    if (event.data === "{" && area.value.slice(caret - 2, caret) === "{{") open(caret - 2, caret);
  });
  return { open };
}

// Numbers typed by hand, underlined where they stand: the same text, unseen, behind the field.
function underlineNumbers(area) {
  const under = document.createElement("div");
  under.className = "underlines";
  under.setAttribute("aria-hidden", "true");
  const around = document.createElement("div");
  around.className = "underlined";
  const [isWriting, top] = [area === document.activeElement, area.scrollTop];
  area.before(around);
  around.append(under, area);
  if (isWriting) area.focus({ preventScroll: true }); // what moves in the page loses the keyboard, and its place
  area.scrollTop = top;
  let marks = [];
  let text = "";

  const draw = () => {
    const parts = [];
    let at = 0;
    for (const [start, end] of marks) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      parts.push(text.slice(at, start), mark);
      at = end;
    }
    under.replaceChildren(...parts, `${text.slice(at)}\n`);
    under.scrollTop = area.scrollTop;
  };
  const fit = () => {
    const own = getComputedStyle(area);
    for (const name of ["font", "letterSpacing", "tabSize", "paddingTop", "paddingRight", "paddingBottom", "paddingLeft"]) under.style[name] = own[name];
    under.style.top = own.borderTopWidth;
    under.style.left = own.borderLeftWidth;
    under.style.width = `${area.clientWidth}px`; // without the scroll bar, so that lines break alike
    under.style.height = `${area.clientHeight}px`;
    draw();
  };
  // While typing: what stands before and after the change keeps its lines until the server has read it anew.
  const follow = () => {
    const now = area.value;
    let before = 0;
    while (before < Math.min(text.length, now.length) && text[before] === now[before]) before += 1;
    let after = 0;
    while (after < Math.min(text.length, now.length) - before && text.at(-1 - after) === now.at(-1 - after)) after += 1;
    const moved = now.length - text.length;
    marks = marks.flatMap(([start, end]) => {
      if (end < before || (end === before && !/[\d,]/.test(now[before] || ""))) return [[start, end]];
      return start >= text.length - after ? [[start + moved, end + moved]] : [];
    });
    text = now;
    draw();
  };
  const read = () => {
    text = area.value;
    const lead = text.match(/^\n*/)[0].length; // the server counts from the first line with something on it
    marks = [...document.querySelectorAll("#numbers [data-from]")].map((one) => [Number(one.dataset.from) + lead, Number(one.dataset.to) + lead]);
    draw();
  };
  area.addEventListener("input", follow);
  area.addEventListener("scroll", () => { under.scrollTop = area.scrollTop; });
  new ResizeObserver(fit).observe(area);
  read();
  return read;
}
