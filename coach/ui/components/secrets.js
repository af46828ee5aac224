// Keys typed into this tab and the models chosen in it. They are kept in its sessionStorage, which a reload keeps
// and closing the tab forgets, and sent as triggers, which Streamlit drops after one run: a state it would keep and
// send with every click. The server says which keys it has and never sends one.
const TAB = "coach.tab.models";

let memory = {}; // where storage is full or forbidden: a reload forgets it

const kept = {
  read() {
    try {
      return JSON.parse(sessionStorage.getItem(TAB)) ?? {};
    } catch {
      return memory;
    }
  },
  write(changed) {
    memory = { ...kept.read(), ...changed };
    try {
      sessionStorage.setItem(TAB, JSON.stringify(memory));
    } catch {}
  },
};

const stop = (event) => {
  if (!event.altKey && !event.ctrlKey && !event.metaKey) event.stopPropagation(); // `r` and `c` are Streamlit's
};

/** Sends what the server has lost, such as after a reload; once, until it has lost it again. */
const resend = (element, data, setTriggerValue) => {
  if (data.models) kept.write({ models: { interviewers: data.models[0], judges: data.models[1] } });
  const { keys = {}, models } = kept.read();
  const isLost = Object.keys(keys).some((variable) => !data.has.includes(variable)) || (models && !data.models);
  if (isLost && !element.dataset.sent) setTriggerValue("kept", { keys, models });
  element.dataset.sent = isLost ? "yes" : "";
};

const draw = (form, data, setTriggerValue) => {
  const elsewhere = Object.fromEntries(data.elsewhere);
  const said = form.querySelector("[role=status]");
  const send = (variable, key, news) => {
    const { [variable]: _, ...others } = kept.read().keys ?? {};
    const keys = key ? { ...others, [variable]: key } : others;
    kept.write({ keys });
    said.textContent = news;
    setTriggerValue("kept", { keys });
  };
  for (const row of form.querySelectorAll(".row")) {
    const { variable } = row.dataset;
    const input = row.querySelector("input");
    const show = (isKnown) => {
      row.querySelector(".enter").hidden = isKnown;
      row.querySelector(".known").hidden = !isKnown;
    };
    const keep = () => {
      const key = input.value.trim();
      input.value = "";
      if (!key) return input.focus();
      send(variable, key, "The key is kept in this tab.");
      show(true);
      row.querySelector(".forget").focus();
    };
    input.autocomplete = "off";
    input.spellcheck = false;
    input.placeholder = elsewhere[variable] ? `From the ${elsewhere[variable]}; another goes over it` : "";
    input.onkeydown = (event) => {
      stop(event);
      if (event.key !== "Enter") return;
      event.preventDefault(); // else the same key presses the button the focus goes to
      keep();
    };
    row.querySelector(".keep").onclick = keep;
    row.querySelector(".forget").onclick = () => {
      send(variable, "", "The key is forgotten.");
      show(false);
      input.focus();
    };
    show(Boolean(data.has.includes(variable) || kept.read().keys?.[variable]));
  }
};

export default function ({ data, parentElement, setTriggerValue }) {
  const form = parentElement.querySelector(".secrets");
  if (form) draw(form, data, setTriggerValue);
  else resend(parentElement.querySelector("span"), data, setTriggerValue);
}
