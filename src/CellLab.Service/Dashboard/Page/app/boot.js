// A file of the page that does not arrive leaves the page dead: it is loaded anew as soon as the service answers. A plain script, and the first one,
// so that it hears of every other.
(() => {
  const FIRST_MS = 1500;
  const LONGEST_MS = 60_000;
  const TRIES = 'celllab-tries';
  const tries = Number(sessionStorage.getItem(TRIES) ?? 0);
  let missing = false;

  addEventListener('error', ({ target }) => {
    const needed = target instanceof HTMLScriptElement || (target instanceof HTMLLinkElement && target.rel === 'stylesheet');
    if (needed && !missing) { missing = true; later(); }
  }, true);
  addEventListener('load', () => { if (!missing) sessionStorage.removeItem(TRIES); });

  // A file that never comes is not asked for all the time.
  function later() { setTimeout(again, Math.min(FIRST_MS * 2 ** tries, LONGEST_MS)); }

  async function again() {
    try {
      const answer = await fetch(document.baseURI, { cache: 'no-store' });
      if (answer.ok) { sessionStorage.setItem(TRIES, String(tries + 1)); location.reload(); return; }
    } catch { /* nobody answers yet */ }
    later();
  }
})();
