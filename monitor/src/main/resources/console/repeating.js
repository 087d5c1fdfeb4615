// Something done again and again until it is stopped, and not while nobody looks.

const MS = 1000;

export class Repeating {
  /** @param secondsBetween asked for after each time */
  constructor(action, secondsBetween) {
    Object.assign(this, { action, secondsBetween, turn: 0, stopped: false });
    this.again();
  }

  /** Now, and from now on. */
  async again() {
    if (this.stopped) return;
    clearTimeout(this.timer);
    const turn = ++this.turn;
    if (!document.hidden) await this.action();
    if (!this.stopped && turn === this.turn) this.timer = setTimeout(() => this.again(), this.secondsBetween() * MS);
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }
}
