// The numbers that the threads of cells and of sockets both see, by their place in a shared array.
module.exports = {
  /** How many interrupts were asked for. */
  INTERRUPTS: 0,
  /** How many of them the cells' thread has noticed. */
  NOTICED: 1,
  /** How many pieces of work listen for interrupts, and end by themselves. */
  LISTENERS: 2,
  /** Changes when whoever waits for a line of the reader has a reason to look. */
  WAKE: 3,
  /** 1 when the sockets are closed. */
  CLOSED: 4,
  PLACES: 5,
}
