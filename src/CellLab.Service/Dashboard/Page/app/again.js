// A reading that is repeated by itself until it is answered: one request that fails must not leave a view empty.
import { mayPass } from './api.js';

const FIRST_MS = 1000;
const LONGEST_MS = 15_000;

// read: asks and draws; failed: says why there is nothing yet. now() reads (again); a reading that is under way is followed by another.
export function reading(read, failed = () => {}) {
  let wait = FIRST_MS;
  let timer = 0;
  let busy = false;
  let wanted = false;
  let ended = false;
  return { now, end() { ended = true; clearTimeout(timer); } };

  async function now() {
    clearTimeout(timer);
    if (busy) { wanted = true; return; }
    busy = true;
    try {
      await read();
      wait = FIRST_MS;
    } catch (error) {
      if (!ended) later(error);
    } finally {
      busy = false;
    }
    if (wanted && !ended) { wanted = false; now(); }
  }

  function later(error) {
    failed(error);
    if (!mayPass(error)) return;
    timer = setTimeout(now, wait);
    wait = Math.min(wait * 2, LONGEST_MS);
  }
}
