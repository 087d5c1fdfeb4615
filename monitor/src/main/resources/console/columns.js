// From lines with times of their own to the columns that uPlot draws, as pure functions.

/**
 * All lines on one time axis. Where a line has no value it is null, which is a gap; or undefined, which is none, where only its
 * period is longer than that of another line.
 *
 * @returns {x, columns}
 */
export function align(lines) {
  const x = [...new Set(lines.flatMap((line) => line.times))].sort((a, b) => a - b);
  const at = new Map(x.map((time, index) => [time, index]));
  const columns = lines.map((line) => {
    const column = new Array(x.length).fill(null);
    line.times.forEach((time, index) => {
      column[at.get(time)] = line.values[index];
      const before = line.times[index - 1];
      if (before !== undefined && time - before <= line.period) column.fill(undefined, at.get(before) + 1, at.get(time));
    });
    return column;
  });
  return { x, columns };
}

/** Each column on top of those before it that have a value there. */
export function stack(columns) {
  const present = (value) => value !== null && value !== undefined;
  return columns.map((column, index) =>
    column.map((value, row) => {
      if (!present(value)) return value;
      const stacked = columns.slice(0, index + 1).map((other) => other[row]);
      return stacked.filter(present).reduce((sum, one) => sum + one, 0);
    }),
  );
}

/** The newest value of a line; null if it has none. */
export function newest(line) {
  return line.values.at(-1) ?? null;
}

const SUMMARIES = {
  MIN: (values) => Math.min(...values),
  MAX: (values) => Math.max(...values),
  AVG: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
};

/** One of MIN, MAX, AVG and SUM over the values of a line; null if it has none. */
export function summary(kind, line) {
  return line.values.length === 0 ? null : SUMMARIES[kind](line.values);
}
