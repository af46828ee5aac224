const STATES = {
  lost: "Reconnecting… your words are kept",
  listening: "Listening",
  thinking: "Thinking",
  speaking: "Speaking",
  saved: "Saved ✓ Thinking",
  yours: "Your turn",
};

/** Two lines each: what is wrong, and what to do. Nobody is ever stuck: the answer box is below. */
const PROBLEMS = {
  insecure: "This page may not use a microphone, because it did not come over HTTPS or from this machine. Open it as http://localhost, or go on by typing.",
  blocked: "The microphone is blocked for this page. Allow it beside the address, then press the button again, or go on by typing.",
  none: "No microphone was found. Plug one in and press the button again, or go on by typing.",
  busy: "Another program holds the microphone. Close it there and press the button again, or go on by typing.",
  unplugged: "The microphone was unplugged. What you said until then is kept. Plug it in and press the button again, or go on by typing.",
  failed: "The microphone does not work here. Try another one or another browser, or go on by typing.",
  deaf: "This browser cannot turn speech into words here. Use Chrome, Edge or Safari, add a key on the Models page, or go on by typing.",
};

/** A button that does something as long as it is held, by pointer or by key. */
const holds = (button, { press, release }) => {
  const byKey = (act) => (event) => {
    if (event.code !== "Space" && event.code !== "Enter") return;
    event.preventDefault();
    if (!event.repeat) act();
  };
  button.onpointerdown = (event) => {
    button.setPointerCapture(event.pointerId);
    press();
  };
  button.onpointerup = button.onpointercancel = button.onblur = () => release();
  button.onkeydown = byKey(press);
  button.onkeyup = byKey(release);
};

/** What the voice element shows, and what a person does to it. */
class View {
  constructor(root) {
    this.root = root;
    this.$ = (selector) => root.querySelector(selector);
    for (const box of root.querySelectorAll("[data-kept]")) {
      const kept = storage.get(`coach.voice.${box.className}`);
      if (kept === null) continue;
      if (box.type === "checkbox") box.checked = kept === "1";
      else box.value = kept;
    }
  }

  get patience() {
    return Number(this.$(".patience").value);
  }

  get speed() {
    return Number(this.$(".speed").value);
  }

  get isAloud() {
    return !this.$(".captions").checked;
  }

  get isFree() {
    return this.$(".free").checked;
  }

  set isFree(isFree) {
    this.$(".free").checked = isFree;
  }

  does(actions) {
    holds(this.$(".talk"), actions);
    this.$(".free").onchange = actions.free;
    this.$(".repeat").onclick = actions.repeat;
    this.$(".again").onclick = actions.again;
    this.$(".drop").onclick = actions.drop;
    this.$(".write").onclick = () => {
      const box = this.$(".typed");
      if (box.hidden) {
        box.hidden = false;
        box.value = this.$(".you").textContent;
        this.$(".write").textContent = "Use these words";
        box.focus();
      } else if (box.value.trim()) actions.write(box.value);
    };
    for (const box of this.root.querySelectorAll("[data-kept]")) {
      box.addEventListener("change", () => {
        storage.set(`coach.voice.${box.className}`, box.type === "checkbox" ? (box.checked ? "1" : "0") : box.value);
        actions.choose();
      });
    }
  }

  state(state) {
    const shown = this.$(".state");
    if (this.root.dataset.state === state) return;
    this.root.dataset.state = state;
    shown.dataset.state = state;
    shown.textContent = STATES[state];
    this.$(".talk").classList.toggle("is-on", state === "listening");
  }

  level(level) {
    this.$(".level i").style.transform = `scaleX(${Math.min(1, level).toFixed(2)})`;
  }

  /** Words of one side; spans the recogniser doubts are marked. */
  caption(who, text, doubts = []) {
    const line = this.$(`.${who}`);
    line.replaceChildren();
    const signs = [...text];
    let at = 0;
    for (const [start, end] of doubts) {
      const mark = document.createElement("mark");
      mark.textContent = signs.slice(start, end).join("");
      mark.title = "Not sure what was said here";
      line.append(signs.slice(at, start).join(""), mark);
      at = end;
    }
    line.append(signs.slice(at).join(""));
    line.hidden = !text;
  }

  trouble(trouble) {
    const ways = this.$(".ways");
    if (ways.dataset.u === (trouble?.u ?? "")) return;
    ways.dataset.u = trouble?.u ?? "";
    ways.hidden = !trouble;
    this.$(".typed").hidden = true;
    this.$(".write").textContent = "Type it instead";
    this.$(".unclear").textContent = trouble?.why ?? "";
  }

  problem(kind) {
    this.say(PROBLEMS[kind] ?? "");
  }

  say(words) {
    this.$(".problem").textContent = words;
    this.$(".problem").hidden = !words;
  }
}
