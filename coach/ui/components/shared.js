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

/** Gives the focus to what `find` finds, as soon as it is there, where nobody has it or `isFree` says that it may be
 * taken from who has it. What is drawn anew loses it: for five seconds it gets it back from nobody. Gives up after
 * ten, or once `isOver`. */
const holdFocus = (find, isFree, isOver, tries = 600) => {
  if (isOver() || !tries) return;
  const wanted = find();
  const at = document.activeElement;
  const had = !isFree;
  if (wanted && at !== wanted && (!at || at === document.body || isFree?.(at))) wanted.focus({ preventScroll: true });
  const has = wanted && document.activeElement === wanted;
  const left = has && !had ? 300 : tries - 1;
  requestAnimationFrame(() => holdFocus(find, has ? null : isFree, isOver, left));
};

/** Remembers how to undo what a component did where it was mounted, and does so before it does it again. */
const UNDO = new WeakMap();
const mounted = (element, undo) => {
  UNDO.get(element)?.();
  UNDO.set(element, undo);
  return undo;
};
