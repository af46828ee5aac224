// Drops what this browser keeps of deleted rounds: once for each deletion, so that a later draft is left alone.
const DONE = new Set();

export default function ({ data }) {
  if (DONE.has(data.deletion)) return;
  DONE.add(data.deletion);
  storage.drop((key) =>
    [DRAFTS, `${DRAFTS}retry:`, BOARDS].some((start) => key.startsWith(data.every ? start : `${start}${data.round}`)),
  );
}
