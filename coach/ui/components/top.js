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
  requestAnimationFrame(() =>
    whenThere(".stHtml h1", (heading) => {
      if (!document.activeElement?.matches("textarea, input")) focus(heading);
      hold(data.view);
    }),
  );
}

const focus = (heading) => {
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
};

/** A heading drawn anew loses the focus again: for two seconds the one that is there takes it back from nobody. */
const hold = (view, tries = 120) => {
  if (view !== shown || !tries) return;
  const heading = document.querySelector(".stHtml h1");
  if (heading && document.activeElement === document.body) focus(heading);
  requestAnimationFrame(() => hold(view, tries - 1));
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
