/**
 * Who writes the next packet. Every call and every RTP stream is an actor with one next time; a binary heap over
 * two typed arrays hands out the earliest one, so that the capture comes out in time order without being sorted
 * and without holding more than the calls in progress.
 *
 * @typedef {object} Actor
 * @property {(timeUs: number) => number} step writes what is due and returns the time of its next step, or -1
 */
export class Schedule {
  constructor() {
    this.times = new Float64Array(1024);
    /** @type {Actor[]} */
    this.actors = [];
    this.size = 0;
  }

  /** @param {number} timeUs @param {Actor} actor */
  add(timeUs, actor) {
    if (this.size === this.times.length) {
      const wider = new Float64Array(this.size * 2);
      wider.set(this.times);
      this.times = wider;
    }
    const { times, actors } = this;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (times[parent] <= timeUs) break;
      times[at] = times[parent];
      actors[at] = actors[parent];
      at = parent;
    }
    times[at] = timeUs;
    actors[at] = actor;
  }

  /** Runs until no actor has anything left to do. */
  run() {
    while (this.size > 0) {
      const { 0: time } = this.times;
      const { 0: actor } = this.actors;
      const next = actor.step(time);
      // A step may have added actors, which only ever lie after `time`, so the root is still this actor.
      if (next >= 0) this.#sink(next, actor);
      else {
        const last = --this.size;
        const lastTime = this.times[last];
        const lastActor = this.actors.pop();
        if (last > 0) this.#sink(lastTime, lastActor);
      }
    }
  }

  /** Puts an actor in at the root. @param {number} timeUs @param {Actor} actor */
  #sink(timeUs, actor) {
    const { times, actors, size } = this;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && times[child + 1] < times[child]) child++;
      if (times[child] >= timeUs) break;
      times[at] = times[child];
      actors[at] = actors[child];
      at = child;
    }
    times[at] = timeUs;
    actors[at] = actor;
  }
}
