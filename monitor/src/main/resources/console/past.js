// What happened before a page was opened: its snapshot has the last minutes, the seconds before them are asked for one stretch after
// the other, the newest first, until the page has all that it keeps. So a reload in the middle of a run loses nothing of it.

import { past } from './api.js';
import { RETAINED_SECONDS } from './model.js';

/** Of one answer: as many as are drawn without a jerk. */
const STRETCH = 300;
const AGAIN_AFTER_MS = 3000;

export class Past {
  /** @param onMessage called with each stretch that has data */
  constructor(onMessage) {
    Object.assign(this, { onMessage, from: 0, next: 0, running: false });
  }

  /** Begins anew before the first second that is known, where a page has no more than its snapshot. */
  before(first) {
    this.next = first;
    this.from = first - RETAINED_SECONDS;
    this.goOn();
  }

  async goOn() {
    if (this.running) return;
    this.running = true;
    try {
      while (this.next > this.from) await this.stretch(this.next, Math.max(this.from, this.next - STRETCH));
    } catch {
      setTimeout(() => this.goOn(), AGAIN_AFTER_MS);
    }
    this.running = false;
  }

  async stretch(to, from) {
    const message = await past(from, to);
    // A newer snapshot may have begun anew meanwhile.
    if (this.next !== to) return;
    this.next = from;
    if (message.seconds.length > 0) this.onMessage(message);
  }
}
