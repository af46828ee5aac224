// Streamlit keeps the scroll position when a page becomes another, and the focus where the old page was; a person
// wants to begin at its top, or at the turn they asked for.
let shown;

export default function ({ data }) {
  const isFirst = shown === undefined;
  const isNew = !isFirst && shown !== data.view;
  shown = data.view;
  if (data.turn && (isNew || isFirst)) return toTurn(data);
  if (!isNew) return;
  document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  const isWriting = (at) => at.matches("textarea, input");
  requestAnimationFrame(() =>
    holdFocus(
      heading,
      (at) => !isWriting(at),
      () => data.view !== shown,
    ),
  );
}

const heading = () => {
  const found = document.querySelector(".stHtml h1");
  if (found) found.tabIndex = -1;
  return found;
};

/** To a turn, as soon as it is there. What is drawn above it later pushes it away again: until two seconds after it
 * came it is held in view, unless the person does something. */
const toTurn = ({ view, turn }) => {
  let busy = false;
  const doing = ["wheel", "touchstart", "pointerdown", "keydown"];
  for (const what of doing) addEventListener(what, () => (busy = true), { once: true, capture: true, passive: true });
  const id = `turn-${turn}`;
  let held;
  const keep = (tries) => {
    const there = document.getElementById(id);
    if (view !== shown || busy || !tries) return;
    const { top = 0, bottom = 0 } = there?.getBoundingClientRect() ?? {};
    if (there && (there !== held || top < 0 || bottom > innerHeight)) {
      held = there;
      there.scrollIntoView({ block: "center" });
      there.focus({ preventScroll: true });
    }
    requestAnimationFrame(() => keep(there ? tries - 1 : tries));
  };
  whenThere(`[id="${CSS.escape(id)}"]`, () => keep(120));
};
