// One interval per mounted clock; the function runs again whenever the server sends a new reading.
const CLOCKS = new WeakMap();

const shown = (seconds) => {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

export default function ({ data, parentElement }) {
  const began = performance.now() - data.gone * 1000;
  const clock = parentElement.querySelector(".clock");
  const draw = () => {
    const gone = (performance.now() - began) / 1000;
    const left = data.total - gone;
    clock.classList.toggle("is-late", left < 60);
    clock.querySelector(".left").textContent = left >= 0 ? `${shown(left)} left` : `${shown(-left)} over`;
    clock.querySelector(".gone").textContent = `${shown(gone)} of ${shown(data.total)}`;
  };
  clearInterval(CLOCKS.get(parentElement));
  CLOCKS.set(parentElement, setInterval(draw, 250));
  draw();
  return () => {
    clearInterval(CLOCKS.get(parentElement));
    CLOCKS.delete(parentElement);
  };
}
