// One interval per mounted clock; the function runs again whenever the server sends a new reading.
const shown = (seconds) => {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

export default function ({ data, parentElement }) {
  const began = performance.now() - data.gone * 1000;
  const clock = parentElement.querySelector(".clock");
  const phases = parentElement.querySelector(".phases");
  const said = parentElement.querySelector("[role=status]");
  phases.replaceChildren(
    ...data.phases.map((phase) => {
      const item = document.createElement("li");
      item.textContent = phase.name;
      return item;
    }),
  );
  const draw = () => {
    const gone = data.paused ? data.gone : (performance.now() - began) / 1000;
    const left = data.total - gone;
    clock.classList.toggle("is-late", left < 60);
    clock.classList.toggle("is-paused", data.paused);
    const words = left >= 0 ? `${shown(left)} left` : `${shown(-left)} over`;
    clock.querySelector(".left").textContent = data.paused ? "Paused" : words;
    clock.querySelector(".gone").textContent = `${shown(gone)} of ${shown(data.total)}`;
    const last = left < 60 && left > 0 && !data.paused ? "One minute left." : "";
    if (said.textContent !== last) said.textContent = last;
    const now = data.phases.findLastIndex((phase) => gone >= phase.from);
    [...phases.children].forEach((item, place) => {
      if (place === now) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
  };
  draw();
  const ticking = setInterval(draw, 250);
  return mounted(parentElement, () => clearInterval(ticking));
}
