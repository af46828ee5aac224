// What several components need; it stands in front of each one's own script.

/** This browser's storage. Where it is full or forbidden, nothing is kept and nothing breaks. */
const storage = {
  get(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {}
  },
  drop(isGone) {
    try {
      for (const key of Object.keys(localStorage)) if (isGone(key)) localStorage.removeItem(key);
    } catch {}
  },
  keys(prefix) {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    } catch {
      return [];
    }
  },
};

const DRAFTS = "coach.draft.";
const BOARDS = "coach.board.";

/** Does `then` with the element as soon as it is there, or gives up after ten seconds. */
const whenThere = (selector, then, tries = 600) => {
  const found = document.querySelector(selector);
  if (found) then(found);
  else if (tries) requestAnimationFrame(() => whenThere(selector, then, tries - 1));
};

/** Remembers how to undo what a component did where it was mounted, and does so before it does it again. */
const UNDO = new WeakMap();
const mounted = (element, undo) => {
  UNDO.get(element)?.();
  UNDO.set(element, undo);
  return undo;
};
