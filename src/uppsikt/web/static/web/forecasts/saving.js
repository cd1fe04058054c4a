// Sends what was typed soon after it was typed, says how it goes, tries again while there is no contact, and fetches
// what others have changed. One save is on its way at a time.
const SOON = 500;
const OFTEN = 20_000;
const RETRIES = [2_000, 4_000, 8_000, 15_000, 30_000];

export function createSaver({ store, url, token, texts, show, onConflicts, onState, onOthers }) {
  let isSending = false;
  let isStopped = false; // signed out, or the unit's work is closed: nothing more can be saved from this page
  let failures = 0;
  let batch = 0;
  let timer = 0;
  let doneAt = "";
  const waiters = [];

  function soon(delay = SOON) {
    if (isStopped) return;
    if (!failures) show("saving", texts.saving);
    clearTimeout(timer);
    timer = setTimeout(send, failures ? RETRIES[Math.min(failures, RETRIES.length) - 1] : delay);
  }

  async function send() {
    clearTimeout(timer);
    if (isSending || isStopped) return;
    const edits = store.takeBatch(++batch);
    if (!edits.length) {
      store.letGo(batch);
      return settle();
    }
    isSending = true;
    show("saving", texts.saving);
    const answer = await ask(edits.map(told));
    isSending = false;
    if (answer === null) return lost();
    failures = 0;
    received(answer);
  }

  const told = (own) => ({
    account: own.account, period: own.period, seen: own.seen, side: store.rows.get(own.account).side,
    ...(own.text === undefined ? { ore: own.ore } : { text: own.text, unit: own.unit }),
  });

  async function ask(edits) {
    try {
      const response = await fetch(url, {
        method: edits ? "POST" : "GET",
        headers: { "X-CSRFToken": token, "Content-Type": "application/json", "X-Requested-With": "fetch" },
        body: edits ? JSON.stringify({ edits }) : undefined,
        redirect: "manual",
        keepalive: Boolean(edits), // a save on its way outlives the page
      });
      if (response.status >= 500) return null;
      if (!response.ok || response.type === "opaqueredirect") return { refused: response.status };
      return await response.json();
    } catch {
      return null;
    }
  }

  function lost() {
    failures += 1;
    store.putBack(batch);
    show("failed", texts.lost);
    soon();
  }

  function received(answer) {
    if (answer.refused !== undefined) return stop(answer.refused === 403 || answer.refused === 404 ? texts.refused : texts.signedOut);
    if (answer.findings.length) return stop(answer.findings.map((own) => `${own.says} ${own.do}`).join(" "));
    store.letGo(batch);
    store.take(answer.saved, { isOwn: true });
    store.take(answer.beside);
    doneAt = answer.at;
    onState(answer.state);
    if (answer.conflicts.length) onConflicts(answer.conflicts);
    if (answer.faults.length) show("failed", answer.faults.map((own) => own.says).join(" "));
    else if (store.isWaiting()) soon();
    else settle();
  }

  function settle() {
    if (!isStopped && doneAt) show("saved", texts.saved.replace("{at}", doneAt));
    while (waiters.length && !store.isWaiting()) waiters.shift()();
  }

  function stop(message) {
    isStopped = true;
    store.putBack(batch);
    show("failed", message);
  }

  async function look() {
    if (document.hidden || isSending || isStopped || store.isWaiting()) return;
    const answer = await ask(null);
    if (!answer || answer.refused !== undefined) return;
    onState(answer.state);
    const changed = store.take(answer.saved);
    if (changed.length) onOthers(changed);
  }

  setInterval(look, OFTEN);
  window.addEventListener("focus", look);
  window.addEventListener("online", () => { if (failures) send(); });
  window.addEventListener("pagehide", () => {
    const edits = isSending || isStopped ? [] : store.takeBatch(++batch);
    if (edits.length) ask(edits.map(told));
  });
  window.addEventListener("beforeunload", (event) => {
    if (!store.isWaiting() || !(failures || isStopped || isSending)) return; // what only waits is sent on the way out
    event.preventDefault();
  });

  return { soon, look, done: () => (store.isWaiting() ? new Promise((resolve) => { waiters.push(resolve); send(); }) : Promise.resolve()) };
}
