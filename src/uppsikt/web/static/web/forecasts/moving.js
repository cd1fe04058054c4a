// The keyboard and the mouse in the sheet: one cell has the focus, a block may be marked from it.
export function createMover({ grid, root, editor, actions }) {
  let at = null; // {row, column}: indices among the rows and the shown columns
  let anchor = null;
  let isDragging = false;

  const rows = () => grid.accounts();
  const columns = () => grid.columns();
  const clamp = (value, count) => Math.max(0, Math.min(value, count - 1));
  const spot = (place) => ({ account: rows()[place.row], spec: columns()[place.column] });
  const cell = (place) => grid.element(spot(place).account, spot(place).spec.field);

  function placeOf(element) {
    const own = element?.closest?.(".tabulator-cell");
    if (!own) return null;
    const account = own.closest(".tabulator-row").dataset.account;
    return { row: rows().indexOf(account), column: columns().findIndex((spec) => spec.field === own.dataset.field) };
  }

  function block() {
    const [a, b] = [anchor ?? at, at];
    return {
      top: Math.min(a.row, b.row), bottom: Math.max(a.row, b.row),
      left: Math.min(a.column, b.column), right: Math.max(a.column, b.column),
    };
  }

  function mark() {
    for (const own of root.querySelectorAll("[aria-selected]")) own.removeAttribute("aria-selected");
    const { top, bottom, left, right } = block();
    if (top === bottom && left === right) return;
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) cell({ row, column })?.setAttribute("aria-selected", "true");
    }
  }

  function go(place, { isMarking = false, isFocused = true } = {}) {
    const next = { row: clamp(place.row, rows().length), column: clamp(place.column, columns().length) };
    if (!isMarking) anchor = next;
    const before = root.querySelector(".tabulator-cell[tabindex='0']");
    if (before) before.tabIndex = -1;
    at = next;
    const own = cell(at);
    own.tabIndex = 0;
    grid.stand(spot(at).account, spot(at).spec.field);
    actions.stand(spot(at).account);
    if (isFocused) {
      own.focus({ preventScroll: true });
      reveal(own);
    }
    mark();
  }

  // the first column stands over the others, so what it covers is not in sight
  function reveal(own) {
    own.scrollIntoView({ block: "nearest", inline: "nearest" });
    const holder = root.querySelector(".tabulator-tableholder");
    const covered = root.querySelector(".tabulator-row .tabulator-frozen")?.getBoundingClientRect().right ?? 0;
    const left = own.getBoundingClientRect().left;
    if (!own.classList.contains("tabulator-frozen") && left < covered) holder.scrollLeft -= covered - left;
  }

  const move = (rowStep, columnStep, isMarking) => go({ row: at.row + rowStep, column: at.column + columnStep }, { isMarking });

  // Tab goes from one cell that can be written in to the next; from the last of them it leaves the sheet.
  function tab(step) {
    const width = columns().length;
    let index = at.row * width + at.column + step;
    while (index >= 0 && index < width * rows().length) {
      const place = { row: Math.floor(index / width), column: index % width };
      const own = spot(place);
      if (grid.isTyped(own.account, own.spec)) { go(place); return true; }
      index += step;
    }
    return false;
  }

  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-10, 0], PageDown: [10, 0] };

  function pressed(event) {
    if (editor.isOpen()) return editing(event);
    if (!at || !event.target.closest(".tabulator-cell")) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (STEPS[event.key] && !event.altKey) {
      event.preventDefault();
      const far = isCommand ? 1_000 : 1;
      const [rowStep, columnStep] = STEPS[event.key];
      move(rowStep * far, columnStep * far, event.shiftKey);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      const isEnd = event.key === "End";
      go({ row: isCommand ? (isEnd ? 1_000 : 0) : at.row, column: isEnd ? 1_000 : 0 }, { isMarking: event.shiftKey });
    } else if (event.key === "Tab") {
      if (tab(event.shiftKey ? -1 : 1)) event.preventDefault();
    } else if (event.key === "F2" && event.shiftKey) {
      event.preventDefault();
      actions.comment(spot(at));
    } else if (event.key === "F2" || event.key === "Enter") {
      event.preventDefault();
      enter();
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      actions.clear(marked());
    } else if (event.key === "a" && isCommand) {
      event.preventDefault();
      anchor = { row: 0, column: 0 };
      go({ row: 1_000, column: 1_000 }, { isMarking: true });
    } else if (event.key.length === 1 && event.key !== " " && !isCommand && !event.altKey) {
      event.preventDefault();
      open(event.key);
    }
  }

  function enter() {
    const own = spot(at);
    const inside = cell(at).querySelector("button, a");
    if (grid.isTyped(own.account, own.spec)) open();
    else if (inside) inside.click();
    else actions.refuse();
  }

  function open(first) {
    const own = spot(at);
    if (grid.isTyped(own.account, own.spec)) editor.open(own.account, own.spec, cell(at), first);
    else actions.refuse();
  }

  function editing(event) {
    if (event.key === "Escape") { event.preventDefault(); editor.cancel(); go(at); return; }
    if (event.key === "Enter") {
      event.preventDefault();
      if (editor.commit()) move(event.shiftKey ? -1 : 1, 0, false);
    } else if (event.key === "Tab") {
      if (!editor.commit()) { event.preventDefault(); return; }
      go(at);
      if (tab(event.shiftKey ? -1 : 1)) event.preventDefault();
    } else if ((event.key === "ArrowUp" || event.key === "ArrowDown") && !event.altKey) {
      event.preventDefault();
      if (editor.commit()) move(event.key === "ArrowUp" ? -1 : 1, 0, false);
    }
  }

  function marked() {
    const { top, bottom, left, right } = block();
    const found = [];
    for (let row = top; row <= bottom; row += 1) {
      found.push([]);
      for (let column = left; column <= right; column += 1) found.at(-1).push(spot({ row, column }));
    }
    return found;
  }

  root.addEventListener("keydown", pressed);
  root.addEventListener("mousedown", (event) => {
    const place = placeOf(event.target);
    if (!place || event.button !== 0 || event.target.closest("button, a, input")) return;
    event.preventDefault(); // the text of the cells is not what is marked
    if (editor.isOpen() && !editor.commit()) return;
    go(place, { isMarking: event.shiftKey });
    isDragging = true;
  });
  root.addEventListener("mousemove", (event) => {
    if (!isDragging) return;
    const place = placeOf(event.target);
    if (place && (place.row !== at.row || place.column !== at.column)) go(place, { isMarking: true });
  });
  document.addEventListener("mouseup", () => { isDragging = false; });
  root.addEventListener("dblclick", (event) => {
    const place = placeOf(event.target);
    if (place && !event.target.closest("input, button, a")) { go(place); open(); }
  });

  return {
    start: (place) => go(place, { isFocused: false }),
    again: () => { if (at) go(at, { isFocused: root.contains(document.activeElement) }); },
    goTo: (account, field) => go({ row: rows().indexOf(account), column: columns().findIndex((spec) => spec.field === field) }),
    focus: () => at && go(at),
    marked,
    topLeft: () => { const { top, left } = block(); return { row: top, column: left }; },
    spotAt: (row, column) => (row < rows().length && column < columns().length ? spot({ row, column }) : null),
  };
}
