// One listener for the whole app, on the document. Streamlit keeps `r`, `c` and Escape for itself: none is used here.
const OFF = "coach.keys.off";

const WRITES = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable=true]";
const isTyping = (event) => event.composedPath()[0]?.matches?.(WRITES);

/** Whether a row's key was pressed: with Alt by its place on the keyboard, where there is something to press; else by
 * what it writes. */
const isPressed = (row, event) =>
  event.altKey
    ? row.code && row.code === event.code && document.querySelector(row.target)
    : row.keys === event.key && !event.repeat && !isTyping(event);

/** What a row's key presses. What the server has not drawn anew yet takes no single key: it may be about what was
 * there before. */
const pressed = (row) => {
  const there = row.target ? [...document.querySelectorAll(row.target)] : [];
  return there.find((each) => row.keys.length > 1 || !each.closest('[data-stale="true"]'));
};

const act = (row) => {
  const target = pressed(row);
  if (!target || target.disabled) return false;
  if (!target.matches("textarea, input[type=text]")) target.click();
  else if (target.checkVisibility()) target.focus();
  else {
    document.querySelector("[role=tab]")?.click(); // the board is the first of them
    requestAnimationFrame(() => target.focus());
  }
  return true;
};

/** A popover that has just opened takes the focus, so that what it asks is answered by the next key. */
const intoPopover = (event) => {
  if (!event.target.closest?.("[data-testid=stPopover] button")) return;
  whenThere("[data-testid=stPopoverBody] :is(button, input)", (first) => first.focus());
};

export default function ({ data, parentElement }) {
  const sheet = parentElement.querySelector("dialog");
  const on = parentElement.querySelector(".on");
  const isOff = () => storage.get(OFF) === "1";

  parentElement.querySelector("tbody").replaceChildren(
    ...data.rows.map((row) => {
      const line = document.createElement("tr");
      const key = document.createElement("kbd");
      key.textContent = row.keys;
      line.insertCell().append(key);
      line.insertCell().textContent = row.does;
      return line;
    }),
  );
  const show = () => {
    on.checked = !isOff();
    if (!sheet.open) sheet.showModal();
  };
  parentElement.querySelector(".open").onclick = show;
  parentElement.querySelector(".close").onclick = () => sheet.close();
  on.onchange = () => storage.set(OFF, on.checked ? "" : "1");

  const listen = (event) => {
    if (isOff() || event.ctrlKey || event.metaKey || event.getModifierState("AltGraph")) return;
    const row = !sheet.open && data.rows.find((each) => isPressed(each, event));
    if (row ? act(row) : event.key === "?" && !event.altKey && !isTyping(event)) {
      event.preventDefault();
      if (!row) show();
    }
  };
  document.addEventListener("keydown", listen);
  document.addEventListener("click", intoPopover);
  return mounted(parentElement, () => {
    document.removeEventListener("keydown", listen);
    document.removeEventListener("click", intoPopover);
  });
}
