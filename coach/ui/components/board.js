// Sends the board a moment after the last key, and at once when its box is left; what the server has not answered
// with is sent again, less and less often. Until the server has it, it is also kept in this browser, so that a crash
// in that moment loses nothing.
const PAUSE_MS = 600;
const AGAIN_MS = 5_000;
const AT_MOST_MS = 80_000;
const MOUNTED = new WeakMap();

const stop = (event) => {
  if (!event.altKey && !event.ctrlKey && !event.metaKey) event.stopPropagation(); // `r` and `c` are Streamlit's
};

const parsed = (text) => {
  try {
    return text && JSON.parse(text);
  } catch {
    return null;
  }
};

export default function ({ data, parentElement, setStateValue }) {
  const notes = parentElement.querySelector(".notes");
  const mermaid = parentElement.querySelector(".mermaid");
  const state = parentElement.querySelector(".state");
  const mine = BOARDS + data.round;
  const board = MOUNTED.get(parentElement) ?? { timer: 0, again: AGAIN_MS };
  MOUNTED.set(parentElement, board);
  board.kept = data;

  const written = () => ({ notes: notes.value, mermaid: mermaid.value });
  const is = (other) => notes.value === other?.notes && mermaid.value === other?.mermaid;
  const fill = (from) => {
    notes.value = from.notes;
    mermaid.value = from.mermaid;
  };
  const say = () => {
    const text = is(data) ? (notes.value || mermaid.value ? "Saved ✓" : "") : "Saving…";
    if (state.textContent !== text) state.textContent = text;
  };
  const sendIn = (ms) => {
    clearTimeout(board.timer);
    board.timer = setTimeout(send, ms);
  };
  const send = () => {
    clearTimeout(board.timer);
    board.timer = 0;
    if (is(board.kept) || !parentElement.isConnected) return;
    board.sent = written();
    board.sending = Math.random().toString(36);
    setStateValue("board", { ...board.sent, revision: board.revision, sending: board.sending });
    sendIn(board.again);
    board.again = Math.min(2 * board.again, AT_MOST_MS);
  };
  const note = () => {
    storage.set(mine, JSON.stringify(written()));
    board.again = AGAIN_MS;
    sendIn(PAUSE_MS);
    say();
  };

  if (board.round !== data.round) {
    board.round = data.round;
    board.revision = data.revision;
    fill(parsed(storage.get(mine)) ?? data);
    if (!is(data)) sendIn(0);
  } else if (
    is(data) ||
    (data.sending === board.sending && is(board.sent)) || // not the answer to an earlier sending
    (!board.timer && !parentElement.contains(document.activeElement))
  ) {
    if (!is(data)) fill(data); // another tab has written too: the server has put both together
    board.revision = data.revision;
  }
  if (is(data)) {
    storage.drop((key) => key === mine);
    clearTimeout(board.timer);
    board.timer = 0;
  }
  for (const box of [notes, mermaid]) {
    box.oninput = note;
    box.onblur = send;
    box.onkeydown = stop;
    box.readOnly = false; // before, nobody would have heard what is written
  }
  say();
}
