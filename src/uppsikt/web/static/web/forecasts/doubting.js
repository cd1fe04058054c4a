// Asks about figures with a sign their row never has, or ten or a thousand times off. By the rule of
// rounds/plausibility.py, which keeps the note: here so that the question comes while one types. Nothing waits for
// the answer: what was typed is saved meanwhile.
const FAR = [4n, 1n];
const SLIPS = [
  [-1n, 1n, [2n, 1n]], [1n, 1000n, [2n, 1n]], [-1n, 1000n, [2n, 1n]], [1000n, 1n, [2n, 1n]], [-1000n, 1n, [2n, 1n]],
  [1n, 10n, [4n, 3n]], [-1n, 10n, [4n, 3n]], [10n, 1n, [4n, 3n]], [-10n, 1n, [4n, 3n]],
];

// What was probably meant by an odd amount; null where it is nothing odd.
export function meant(ore, usual) {
  if (!ore || !usual) return null;
  const [least, most, amount] = [BigInt(usual.least), BigInt(usual.most), BigInt(ore)];
  const hasSign = (own) => usual.sign === 0 || own > 0n === usual.sign > 0;
  const isNear = (own, [times, through]) => {
    const size = own < 0n ? -own : own;
    return size * times >= least * through && size * through <= most * times;
  };
  if (hasSign(amount) && isNear(amount, FAR)) return null;
  for (const [times, through, near] of SLIPS) {
    if ((amount * times) % through) continue;
    const other = (amount * times) / through;
    if (hasSign(other) && isNear(other, near)) return Number(other);
  }
  return hasSign(amount) ? null : -ore;
}

export function createDoubter({ store, texts, describe, show, put, say, repaint }) {
  const bar = document.getElementById("doubt");
  const question = bar.querySelector("[data-asked]");
  const answers = bar.querySelector("[data-answers]");
  const asked = new Map(); // key → {account, period, ore, meant}

  const usualOf = (account, period) => (period ? store.rows.get(account).usualMonth : store.rows.get(account).usualYear);
  const doubtOf = (account, period) => meant(store.amount(account, period), usualOf(account, period));

  // Asks of what was typed or pasted, all of it at once.
  function look(changes) {
    const before = [...asked.values()];
    asked.clear();
    for (const { account, period } of changes) {
      const other = doubtOf(account, period);
      if (other !== null) asked.set(`${account}/${period}`, { account, period, ore: store.amount(account, period), meant: other });
    }
    tell([...before, ...asked.values()]);
  }

  function tell(touched) {
    for (const account of new Set(touched.map((own) => own.account))) repaint(account);
    const [first] = asked.values();
    answers.hidden = !first;
    question.textContent = "";
    if (!first) return;
    const words = asked.size === 1 ? texts.didYouMean : texts.didYouMeanAll;
    question.textContent = words.replace("{n}", asked.size).replace("{what}", describe(first.account, first.period))
      .replace("{from}", show(first.ore)).replace("{to}", show(first.meant));
  }

  // What was changed since it was asked about is no question any more.
  function forget() {
    const gone = [...asked].filter(([, own]) => store.amount(own.account, own.period) !== own.ore);
    for (const [key] of gone) asked.delete(key);
    if (gone.length) tell(gone.map(([, own]) => own));
  }

  // One of them, or all.
  function accept(key) {
    const chosen = key ? [asked.get(key)] : [...asked.values()];
    put(chosen.map((own) => ({ account: own.account, period: own.period, ore: own.meant })));
    say(texts.mended);
  }

  function decline() {
    const kept = [...asked.values()];
    asked.clear();
    tell(kept);
  }

  function* all() {
    for (const account of store.rows.keys()) {
      for (const period of [0, ...store.months]) {
        const other = doubtOf(account, period);
        if (other !== null) yield { account, period, meant: other };
      }
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "F8" || !asked.size) return;
    event.preventDefault();
    accept();
  });
  bar.querySelector("[data-accept]").addEventListener("click", () => accept());
  bar.querySelector("[data-decline]").addEventListener("click", decline);
  return { look, forget, all, accept, of: (account, period) => asked.get(`${account}/${period}`) };
}
