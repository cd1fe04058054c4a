// What the page holds of a unit's work: the cells as the server last told them, and over them what was typed and is
// on its way (drafts). All changes go through `edit`, so that every one of them can be undone.
export const FULL_YEAR = 0;

export function keyOf(account, period) {
  return `${account}/${period}`;
}

export function createStore(data) {
  const rows = new Map(data.rows.map((row) => [row.account, row]));
  const months = data.months.map((month) => month.period);
  const cells = new Map(); // key → {ore, version, by, at}
  const drafts = new Map(); // key → {account, period, ore, text, unit, seen, batch, isTold}
  const open = new Set(); // cells being typed in
  const listeners = [];
  const undone = { back: [], forth: [] };

  for (const cell of data.cells) cells.set(keyOf(cell.account, cell.period), cell);

  function amount(account, period) {
    const key = keyOf(account, period);
    if (drafts.has(key)) return drafts.get(key).ore;
    return cells.get(key)?.ore ?? null;
  }

  function seen(account, period) {
    const key = keyOf(account, period);
    return drafts.get(key)?.seen ?? cells.get(key)?.version ?? 0;
  }

  function tell(accounts) {
    for (const listener of listeners) listener(accounts);
  }

  const whole = (account) => new Map([FULL_YEAR, ...months].map((period) => [period, amount(account, period)]));

  // One account group's cells as wanted. A full year empties the months and the other way round, as the server does.
  function draft(account, wanted) {
    const said = [...wanted].filter(([, own]) => own.ore !== null).map(([period]) => period);
    const emptied = said.includes(FULL_YEAR) ? months : said.length ? [FULL_YEAR] : [];
    for (const [period, own] of wanted) {
      if (emptied.includes(period)) continue;
      drafts.set(keyOf(account, period), {
        account, period, ore: own.ore, text: own.text, unit: own.unit,
        seen: own.seen ?? seen(account, period), batch: null, isTold: true,
      });
    }
    for (const period of emptied) {
      const key = keyOf(account, period);
      if (amount(account, period) === null && !drafts.has(key)) continue;
      drafts.set(key, { account, period, ore: null, seen: seen(account, period), batch: null, isTold: false });
    }
  }

  // changes: [{account, period, ore, text, unit, seen}]; one call is one step to undo
  function edit(changes, { isStep = true } = {}) {
    const wanted = new Map();
    for (const change of changes) {
      if (!wanted.has(change.account)) wanted.set(change.account, new Map());
      wanted.get(change.account).set(change.period, change);
    }
    const step = new Map();
    for (const [account, own] of wanted) {
      const before = whole(account);
      draft(account, own);
      const after = whole(account);
      if ([...before].some(([period, ore]) => after.get(period) !== ore)) step.set(account, { before, after });
    }
    if (isStep && step.size) remember({ accounts: [...step.keys()], restore: (side) => restore(step, side) });
    tell([...wanted.keys()]);
  }

  function restore(step, side) {
    const changes = [];
    for (const [account, states] of step) {
      const target = states[side];
      const now = whole(account);
      for (const [period, ore] of target) {
        if (ore !== now.get(period) && !(ore === null && isEmptiedBy(target, period))) changes.push({ account, period, ore });
      }
    }
    edit(changes, { isStep: false });
  }

  // A step that can be undone: figures, or a text beside them. `restore("before" | "after")` does it.
  function remember(step) {
    undone.back.push(step);
    undone.forth.length = 0;
  }

  // a full year empties the months by itself, and a month the full year
  const isEmptiedBy = (state, period) =>
    period === FULL_YEAR ? months.some((month) => state.get(month) !== null) : state.get(FULL_YEAR) !== null;

  function undo() {
    const step = undone.back.pop();
    if (!step) return null;
    undone.forth.push(step);
    step.restore("before");
    return step;
  }

  function redo() {
    const step = undone.forth.pop();
    if (!step) return null;
    undone.back.push(step);
    step.restore("after");
    return step;
  }

  // Typing that has begun in a cell: it knows the version it began on until it is let go.
  function begin(account, period) {
    const begun = { key: keyOf(account, period), seen: seen(account, period) };
    open.add(begun);
    return begun;
  }

  const begunOn = (key) => [...open].filter((begun) => begun.key === key);

  // What is to be sent now; null where nothing waits.
  function takeBatch(number) {
    const waiting = [...drafts.values()].filter((own) => own.batch === null);
    for (const own of waiting) own.batch = number;
    return waiting.filter((own) => own.isTold);
  }

  function putBack(number) {
    for (const own of drafts.values()) if (own.batch === number) own.batch = null;
  }

  function letGo(number) {
    for (const [key, own] of drafts) if (own.batch === number) drafts.delete(key);
  }

  // The server's cells. What was typed meanwhile stays over them; `isOwn` says that our own save made them. Then what
  // was begun on a cell that this very save changed (it has the group's highest version) has seen it; what another
  // changed before that keeps the version it was begun on, and is a conflict when it is sent.
  function take(told, { isOwn = false } = {}) {
    const changed = [];
    const highest = new Map();
    for (const cell of told) highest.set(cell.account, Math.max(cell.version, highest.get(cell.account) ?? 0));
    for (const cell of told) {
      const key = keyOf(cell.account, cell.period);
      const held = cells.get(key);
      if (held && held.version >= cell.version) continue;
      cells.set(key, cell);
      const own = drafts.get(key);
      if (isOwn && cell.version === highest.get(cell.account)) {
        for (const begun of [own, ...begunOn(key)]) if (begun?.seen === (held?.version ?? 0)) begun.seen = cell.version;
      }
      if (!own && held?.ore !== cell.ore && (held || cell.ore !== null)) changed.push(cell);
    }
    tell([...new Set(told.map((cell) => cell.account))]);
    return changed;
  }

  function forecast(account) {
    const year = amount(account, FULL_YEAR);
    if (year !== null) return year;
    const said = months.map((period) => amount(account, period)).filter((ore) => ore !== null);
    if (!said.length) return null;
    return said.reduce((sum, ore) => sum + ore, rows.get(account).actual ?? 0);
  }

  // How what is left of a typed full year falls on the months; null where months are typed, or nothing is.
  function falling(account) {
    const year = amount(account, FULL_YEAR);
    const row = rows.get(account);
    return year === null ? null : spread(year - (row.actual ?? 0), row.budgetLeft);
  }

  function deviation(account) {
    const own = forecast(account);
    return own === null ? null : own - (rows.get(account).budget ?? 0);
  }

  // As `asked_of` in rounds/deviations.py, which decides: here only so that the page answers while one types.
  function isOverThreshold(account) {
    const size = Math.abs(deviation(account) ?? 0);
    if (!size || !data.threshold) return false;
    const budget = Math.abs(rows.get(account).budget ?? 0);
    return size >= data.threshold.ore && size * 1000 >= data.threshold.permille * budget;
  }

  function monthsMissing(account) {
    const said = months.filter((period) => amount(account, period) !== null).length;
    return said && amount(account, FULL_YEAR) === null ? months.length - said : 0;
  }

  return {
    rows, months, amount, begin, edit, remember, undo, redo, take, takeBatch, putBack, letGo,
    forecast, falling, deviation, isOverThreshold, monthsMissing,
    isWaiting: () => drafts.size > 0,
    end: (begun) => open.delete(begun),
    onChange: (listener) => listeners.push(listener),
  };
}

// What is left of a full year, month by month as the budget of the months falls, else equally; makes it to the öre.
export function spread(rest, weights) {
  const usable = weights.some((own) => own) && !(Math.min(...weights) < 0 && Math.max(...weights) > 0);
  const shares = weights.map((own) => (usable ? BigInt(Math.abs(own)) : 1n));
  const total = shares.reduce((sum, own) => sum + own, 0n);
  const size = BigInt(Math.abs(rest));
  const parts = shares.map((own) => (size * own) / total);
  let left = size - parts.reduce((sum, own) => sum + own, 0n);
  const order = shares.map((own, index) => [(size * own) % total, index]);
  order.sort((a, b) => (a[0] === b[0] ? a[1] - b[1] : a[0] < b[0] ? 1 : -1));
  for (const [, index] of order) {
    if (left <= 0n) break;
    parts[index] += 1n;
    left -= 1n;
  }
  return parts.map((part) => Number(rest < 0 ? -part : part));
}
