// A live region that stays in place while the transcript around it is redrawn, so that a screen reader
// hears the interviewer's new words once, and not the whole transcript again.
export default function ({ data, parentElement }) {
  const region = parentElement.querySelector("[role=status]");
  if (region.dataset.turn === data.turn) return;
  region.dataset.turn = data.turn;
  region.textContent = "";
  requestAnimationFrame(() => (region.textContent = data.words)); // the same words again are news too
}
